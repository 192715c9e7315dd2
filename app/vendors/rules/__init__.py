"""Decisions about stalls on plain values: loads, fits, states, and where things are drawn."""
