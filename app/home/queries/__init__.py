"""What the front pages gather from all parts: one address's own, and the team's day."""
