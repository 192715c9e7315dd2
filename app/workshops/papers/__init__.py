"""What leaves as a file: tickets, their QR, calendar entries, badges, the door list."""
