"""What the front pages gather from all parts: one mailbox's own, and the team's day."""
