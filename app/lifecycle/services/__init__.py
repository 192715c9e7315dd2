"""Verbs of a whole event, across the capabilities that give it its parts."""
