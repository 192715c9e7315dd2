"""Makes what a test needs to begin with, through the ordinary services."""

from __future__ import annotations
