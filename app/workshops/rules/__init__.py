"""What decides about places, goals and ticket codes, on plain values."""
