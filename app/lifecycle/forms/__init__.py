"""Forms of what is done with a whole event."""
