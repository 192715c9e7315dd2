"""What is printed: tickets, badges and door lists, one by one and in bulk."""
