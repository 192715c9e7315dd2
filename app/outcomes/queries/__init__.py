"""Reads for figures: definitions, the people behind them, and the figures themselves."""
