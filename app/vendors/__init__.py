"""Stalls at a festival: the site plan, its power and water, and who stands where."""
