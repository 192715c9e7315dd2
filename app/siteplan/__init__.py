"""How a team makes the site plan of its festival: drawn, edited, read from a file, copied."""
