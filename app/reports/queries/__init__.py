"""What the report asks of the other parts, and its own locked versions."""
