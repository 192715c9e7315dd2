"""What is decided for the door's pages on plain values."""
