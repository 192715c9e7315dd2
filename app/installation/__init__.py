"""Whose installation this is: names, ways to reach the team, and the logo, in one row."""
