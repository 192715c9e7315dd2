"""Pretend that it is another moment; for the demo year and the tests alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

from app.core.clock import _pretended


@contextmanager
def at(moment: datetime) -> Iterator[None]:
    """Within the block, `clock.now()` is this aware moment."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    token = _pretended.set(moment.astimezone(UTC))
    try:
        yield
    finally:
        _pretended.reset(token)
