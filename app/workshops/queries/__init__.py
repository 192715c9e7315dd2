"""The named reads of workshops."""
