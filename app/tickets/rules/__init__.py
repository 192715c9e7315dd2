"""Codes, the keyboards they are typed on, and whether a ticket counts, as plain Python."""
