"""Reads of phones and of the doors they stand at."""
