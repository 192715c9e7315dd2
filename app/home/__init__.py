"""Front pages that show a bit of everything; reads only."""
