"""Measures speed on this machine beside the thinnest handler that does one insert."""
