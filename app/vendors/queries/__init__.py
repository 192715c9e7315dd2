"""Questions about stalls: who holds what, what is left, and the plan as it is drawn."""
