"""Counts the SQL statements of a block, and tells which tables they changed."""

from __future__ import annotations

import re
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


@contextmanager
def statements_in() -> Iterator[Statements]:
    """Collect the statements that any engine runs inside the block."""
    seen = Statements()

    def listen(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not TRANSACTION.match(statement):
            seen.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", listen)
    try:
        yield seen
    finally:
        event.remove(Engine, "before_cursor_execute", listen)


@contextmanager
def changes_in() -> Iterator[set[str]]:
    """Collect the names of the tables that the block's statements change."""
    changed: set[str] = set()
    with statements_in() as seen:
        yield changed
    changed.update(match[1] for one in seen if (match := CHANGE.match(one)))
