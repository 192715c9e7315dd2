"""The team's pages about workshops: places, the line, colleagues, letters, printings."""
