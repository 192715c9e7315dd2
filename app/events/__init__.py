"""The event, its sessions, its windows and the keys that sign its tickets."""
