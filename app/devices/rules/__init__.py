"""What a door allows and what a phone says, on plain values."""
