"""Asking to take part: what associations, food stalls and acts have in common."""
