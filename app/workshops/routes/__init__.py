"""A participant's pages: enrolling, the ticket for all eyes, the private place."""
