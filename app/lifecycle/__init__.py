"""What is done with a whole event and all that hangs on it: corrected, copied, moved, ended."""
