"""What the yearly report consists of."""
