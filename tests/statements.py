"""Counts the SQL statements of a block, and tells which tables they changed."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Engine, event

TRANSACTION = re.compile(r"\s*(BEGIN|COMMIT|ROLLBACK|SAVEPOINT|RELEASE|PRAGMA)", re.IGNORECASE)
CHANGE = re.compile(r"\s*(?:INSERT\s+INTO|UPDATE|DELETE\s+FROM)\s+\"?(\w+)", re.IGNORECASE)


class Statements(list[str]):
    """The statements that ran, in order, without those that only begin or end a transaction."""

    def __str__(self) -> str:
        return "\n".join(f"{place:3} {one}" for place, one in enumerate(self, start=1))


class Collectors(threading.local):
    """Who collects in this thread at the moment; tests that race have many threads."""

    def __init__(self) -> None:
        self.open: list[Statements] = []


_collectors = Collectors()


@event.listens_for(Engine, "before_cursor_execute")
def _collect(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
    if _collectors.open and not TRANSACTION.match(statement):
        for seen in _collectors.open:
            seen.append(" ".join(statement.split()))


@contextmanager
def statements_in() -> Iterator[Statements]:
    """Collect the statements that this thread runs on any engine inside the block."""
    seen = Statements()
    _collectors.open.append(seen)
    try:
        yield seen
    finally:
        _collectors.open = [one for one in _collectors.open if one is not seen]


@contextmanager
def changes_in() -> Iterator[set[str]]:
    """Collect the names of the tables that the block's statements change."""
    changed: set[str] = set()
    with statements_in() as seen:
        yield changed
    changed.update(match[1] for one in seen if (match := CHANGE.match(one)))
