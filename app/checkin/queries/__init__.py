"""The named reads of the door."""
