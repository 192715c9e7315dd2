"""What the small worlds and the demo years look like, as plain values."""
