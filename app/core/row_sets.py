"""Many rows or many keys as one value, which the database itself unfolds.

A statement with a placeholder for each of twenty thousand values costs more to write and to read
than to execute; this one is the same statement for one row and for a thousand. SQLite, which is
called and not asked over a wire, takes rows quicker one after the other.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    Connection,
    String,
    Table,
    any_,
    bindparam,
    column,
    select,
    text,
)
from sqlalchemy import func as sql
from sqlalchemy.dialects import sqlite

from app.core.prepared import Prepared
from app.core.refusals import Unavailable

POSTGRESQL = "postgresql"


class RowSet:
    """Inserts rows of one table; those that clash with a unique index are left out."""

    def __init__(self, table: Table, told: str = "") -> None:
        """`told`: the column by which it is told which rows went in."""
        self._table, self._told = table, told
        self._names = tuple(one.name for one in table.columns)
        self._insert = Prepared(self._write, keys=self._names)

    def insert(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> set[Any]:
        """All of them, every column given; returns what tells those that went in."""
        if not rows:
            return set()
        if connection.dialect.name == POSTGRESQL:
            written = json.dumps(rows, default=_moment)
            return {row[0] for row in self._insert.rows(connection, rows=written)}
        added = self._insert.many(connection, rows)
        if self._told and added < len(rows):
            # SQLite has one writer: what it read of these rows before cannot have changed.
            raise Unavailable
        return {row[self._told] for row in rows} if self._told else set()

    def _write(self, dialect: str) -> Any:
        if dialect != POSTGRESQL:
            return sqlite.insert(self._table).on_conflict_do_nothing()
        names = ", ".join(self._names)
        typed = f"CAST(NULL AS {self._table.name}), CAST(:rows AS json)"
        source = f"SELECT {names} FROM json_populate_recordset({typed})"  # noqa: S608
        into = f"INSERT INTO {self._table.name} ({names}) {source}"
        if not self._told:
            return text(f"{into} ON CONFLICT DO NOTHING")
        statement = text(f"{into} ON CONFLICT DO NOTHING RETURNING {self._told}")
        return statement.columns(self._table.c[self._told])


def among(dialect: str, wanted: Any, name: str) -> ColumnElement[bool]:
    """Whether the column is one of the keys handed over under this name (`keys_of`)."""
    found: ColumnElement[bool]
    if dialect == POSTGRESQL:
        found = wanted == any_(bindparam(name, type_=ARRAY(wanted.type)))
    else:
        unfolded = sql.json_each(bindparam(name, type_=String))
        found = wanted.in_(select(column("value")).select_from(unfolded))
    return found


def keys_of(connection: Connection, values: Collection[int | str]) -> object:
    """The keys as this database takes them: an array, or a JSON text."""
    keys = list(values)
    return keys if connection.dialect.name == POSTGRESQL else json.dumps(keys)


def _moment(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(value)
    return value.astimezone(UTC).isoformat()
