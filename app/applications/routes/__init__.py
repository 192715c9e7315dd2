"""Visitors' pages of an application."""
