"""Decisions at the door on plain values: they could be explained on paper."""
