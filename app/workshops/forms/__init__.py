"""What is filled in about places, colleagues and printings."""
