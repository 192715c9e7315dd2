"""The team's page of what is kept of people, and its words."""
