"""People met, staff with their duties, and signing in."""
