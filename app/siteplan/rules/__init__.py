"""Decisions about the plan's own things on plain values: kinds, numbers, rows of stalls."""
