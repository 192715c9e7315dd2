"""Opening the mailbox that notices come to, and taking them over."""
