"""Counting people by hand, on plain values: it could be explained on paper."""
