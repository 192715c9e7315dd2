"""What the door's pages say."""
