"""Plain rules of the stages."""
