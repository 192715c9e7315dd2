"""What people fill in to sign in, and what an administrator says of the staff."""
