"""Questions about the rows of a plan: what stands there, and where the next thing goes."""
