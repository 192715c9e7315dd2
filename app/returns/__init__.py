"""What comes back about our letters: notices that a mailbox is not there, read once."""
