"""The door: paired devices, scans, admissions and what the lead sees of them."""
