"""What is decided about letters to many."""
