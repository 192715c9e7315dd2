"""The pages on which a team makes its plan."""
