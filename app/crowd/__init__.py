"""People without tickets: head counts, limits, estimates."""
