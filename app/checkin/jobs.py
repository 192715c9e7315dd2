"""What the worker does for the door."""

from __future__ import annotations

from datetime import datetime

from app.checkin.services import hashing, walk_in_quarantine


def hash_short_codes(now: datetime) -> int:
    """Prepare typed codes for phones without network; each pass takes half a second at most."""
    return hashing.hash_some(now)


def forget_walk_ins(now: datetime) -> int:
    """Drop the names of walk-ins that still wait for the lead a month after the event."""
    return walk_in_quarantine.forget_walk_ins(now)
