"""Reads for the lead's pages."""
