"""Phones and gates: pairing, the rules of doors, stamps, sealing."""
