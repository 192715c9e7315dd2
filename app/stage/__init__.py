"""Stages, the times that acts play on them, and the programme."""
