"""What artists and the team fill in about the stages."""
