"""The verbs of surveys: set up, invite and remind, answer, refuse, forget."""
