"""What the desk and the door fill in."""
