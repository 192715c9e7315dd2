"""What applicants answer and what the team asks, scores and decides."""
