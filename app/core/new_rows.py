"""Single rows of a table, written by a statement that was made before the first request.

For what every enrolment writes: SQLAlchemy works through each INSERT anew, which takes a fifth of
the request's processor time (bench/results.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from typing import cast as typed

from sqlalchemy import (
    Column,
    ColumnElement,
    FromClause,
    String,
    Table,
    Text,
    bindparam,
    cast,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from app.core.database import Base, db
from app.core.prepared import POSTGRESQL, Prepared


class NewRow:
    """Inserts a row, every column given: what is left out is the column's own plain default."""

    def __init__(self, model: type[Base], *, once: bool = False) -> None:
        """`once`: nothing is written where a unique index already holds such a row."""
        self._table = typed(Table, model.__table__)
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

    def of_query(
        self, source: FromClause, known: Mapping[str, ColumnElement[Any]], *empty: str
    ) -> Any:
        """Its INSERT where one statement writes several tables: a row for each of the source's.

        What is neither known from the source nor left `empty` is bound by the name that `bound`
        gives it.
        """
        names = [name for name in self._defaults if name not in empty]
        columns = [known[name] if name in known else self._value(name) for name in names]
        insert = postgresql.insert(self._table)
        rows = select(*columns).select_from(source)
        return insert.from_select(names, rows, include_defaults=False)

    def of_values(self, *empty: str) -> Any:
        """The same for a single row of which nothing is known from elsewhere."""
        names = [name for name in self._defaults if name not in empty]
        insert = postgresql.insert(self._table).values({name: self._value(name) for name in names})
        return (insert.on_conflict_do_nothing() if self._once else insert).returning(self._key)

    def bound(self, **values: object) -> dict[str, object]:
        """A row's values by the names they have in such a statement."""
        whole = {**self._defaults, **values}
        return {f"{self._table.name}_{name}": whole[name] for name in self._defaults}

    def _value(self, name: str) -> ColumnElement[Any]:
        column = self._table.c[name]
        # As text without a length: cast to its length, what is too long would be cut silently.
        kind = Text() if isinstance(column.type, String) else column.type
        return cast(bindparam(f"{self._table.name}_{name}", type_=column.type), kind)

    def _insert(self, dialect: str) -> Any:
        kind = postgresql if dialect == POSTGRESQL else sqlite
        insert = kind.insert(self._table).returning(self._key)
        return insert.on_conflict_do_nothing() if self._once else insert


def _plain_default(column: Column[Any]) -> object:
    default: Any = column.default
    return default.arg if default is not None and default.is_scalar else None
