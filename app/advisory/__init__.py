"""Requests for help: advice given in passing, and requisitions that become a case."""
