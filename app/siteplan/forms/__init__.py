"""What is filled in about zones, cabinets, taps, stalls and what stands around them."""
