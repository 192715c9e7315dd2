"""The verbs of head counts: count, correct."""
