"""What is scanned: tickets, their codes, and how these are read, typed and drawn."""
