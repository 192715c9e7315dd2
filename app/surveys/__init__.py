"""Follow-up: surveys, their waves, personal invitations and responses."""
