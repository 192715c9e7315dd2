"""Reads of head counts and of what follows from them."""
