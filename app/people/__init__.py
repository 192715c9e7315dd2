"""People met, staff with their roles, and signing in."""
