"""What leaves as a file: calendar entries."""
