"""A person's own data across all parts: shown, handed out, erased."""
