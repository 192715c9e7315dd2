"""The tracer of the coverage rests where it would tell nothing: it makes Python half as fast."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from coverage import Coverage

TESTS = Path(__file__).parent
# Heavy tests that pass where the others pass: without them 0.2 % of all branches are not seen and
# none of a rule, and the traced tests take 40 % less (by --cov-context=test, 2026-11-30).
REPEATING = frozenset(
    {
        *("applications/test_role_pages.py", "checkin/test_board.py", "checkin/test_forgeries.py"),
        *("checkin/test_last_place.py", "checkin/test_order.py", "checkin/test_overrides.py"),
        *("checkin/test_races.py", "checkin/test_roster_race.py", "door/test_rush.py"),
        *("events/test_kinds.py", "journeys/test_contract.py", "journeys/test_crash.py"),
        *("journeys/test_first_requests.py", "journeys/test_races.py", "journeys/test_worker.py"),
        *("test_migrations.py", "vendors/test_races.py", "workshops/test_races.py"),
    }
)


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
    """Whether another test passes through the same lines: above all the same one on SQLite."""
    if item.get_closest_marker("browser") is not None:
        return True
    if item.path.is_relative_to(TESTS) and str(item.path.relative_to(TESTS)) in REPEATING:
        return True
    chosen = getattr(item, "callspec", None)
    return (
        chosen is not None
        and chosen.params.get("database") == "postgresql"
        and item.config.getoption("database") == "both"
        and item.get_closest_marker("only_on") is None
    )
