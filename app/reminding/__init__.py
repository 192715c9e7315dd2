"""The reminder before an event."""
