"""Verbs of events: made and scheduled, corrected, and what they can be about."""
