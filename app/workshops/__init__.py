"""Workshops and courses: a place, a place in the line, a ticket, goals."""
