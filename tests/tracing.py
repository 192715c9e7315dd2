"""The tracer of the coverage rests where it would tell nothing: it makes Python half as fast."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from coverage import Coverage


@contextmanager
def untraced() -> Iterator[None]:
    """Run the block, in which nothing of the application runs, at full speed."""
    tracing = Coverage.current()
    if tracing is None or threading.current_thread() is not threading.main_thread():
        yield
        return
    tracing.stop()
    try:
        yield
    finally:
        tracing.start()


def repeats_a_traced_test(item: pytest.Item) -> bool:
    """Whether the same test runs on SQLite too, and passes through the same lines there."""
    chosen = getattr(item, "callspec", None)
    return (
        chosen is not None
        and chosen.params.get("database") == "postgresql"
        and item.config.getoption("database") == "both"
        and item.get_closest_marker("only_on") is None
    )
