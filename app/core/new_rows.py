"""Single rows of a table, written by a statement that was made before the first request.

For what every enrolment writes: SQLAlchemy works through each INSERT anew, which takes a fifth of
the request's processor time (bench/results.md).
"""

from __future__ import annotations

from typing import Any, cast

from sqlalchemy import Column, Table
from sqlalchemy.dialects import postgresql, sqlite

from app.core.database import Base, db
from app.core.prepared import POSTGRESQL, Prepared


class NewRow:
    """Inserts a row, every column given: what is left out is the column's own plain default."""

    def __init__(self, model: type[Base], *, once: bool = False) -> None:
        """`once`: nothing is written where a unique index already holds such a row."""
        self._table = cast(Table, model.__table__)
        self._once = once
        numbered = self._table.autoincrement_column
        self._key = numbered if numbered is not None else self._table.primary_key.columns[0]
        written = [column for column in self._table.columns if column is not numbered]
        self._defaults = {column.name: _plain_default(column) for column in written}
        self._inserting = Prepared(self._insert, tuple(self._defaults))

    def write(self, **values: object) -> Any:
        """Write it in the session's transaction; its key, or None where it exists already."""
        if db.session.autoflush:
            db.session.flush()
        rows = self._inserting.rows(db.session.connection(), **{**self._defaults, **values})
        return rows[0][0] if rows else None

    def _insert(self, dialect: str) -> Any:
        kind = postgresql if dialect == POSTGRESQL else sqlite
        insert = kind.insert(self._table).returning(self._key)
        return insert.on_conflict_do_nothing() if self._once else insert


def _plain_default(column: Column[Any]) -> object:
    default: Any = column.default
    return default.arg if default is not None and default.is_scalar else None
