"""What the door does beside scans and counts: the phones' heartbeat."""
