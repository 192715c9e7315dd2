"""Letters to many: one text, chosen recipients, a time to leave, and the way back until then."""
