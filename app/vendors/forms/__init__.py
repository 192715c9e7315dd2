"""What is written about stalls: a restaurant's application, and the team's choices on the plan."""
