"""Many rows or many keys as one value, which the database itself unfolds.

A statement with a placeholder for each of twenty thousand values costs more to write and to read
than to execute; this one is the same statement for one row and for a thousand.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, datetime
from functools import partial
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

from app.core.prepared import Prepared, Rows

POSTGRESQL = "postgresql"


class RowSet:
    """Inserts rows of one table; those that clash with a unique index are left out."""

    def __init__(self, table: Table, returning: str | None = None) -> None:
        """`returning`: the column that is told of each row that went in."""
        self._table, self._returning = table, returning
        self._insert = Prepared(self._write)

    def insert(self, connection: Connection, rows: Sequence[Mapping[str, Any]]) -> Rows:
        """All of them, in one statement; every column must be given."""
        if not rows:
            return []
        plain = partial(_moment, connection.dialect.name)
        return self._insert.rows(connection, rows=json.dumps(rows, default=plain))

    def _write(self, dialect: str) -> Any:
        names = [one.name for one in self._table.columns]
        if dialect == POSTGRESQL:
            typed = f"CAST(NULL AS {self._table.name}), CAST(:rows AS json)"
            source = f"SELECT {', '.join(names)} FROM json_populate_recordset({typed})"  # noqa: S608
        else:
            values = ", ".join(f"json_extract(value, '$.{name}')" for name in names)
            source = f"SELECT {values} FROM json_each(:rows) WHERE true"  # noqa: S608
        into = f"INSERT INTO {self._table.name} ({', '.join(names)}) {source}"
        statement = text(f"{into} ON CONFLICT DO NOTHING{self._told()}")
        return statement.columns(self._table.c[self._returning]) if self._returning else statement

    def _told(self) -> str:
        return f" RETURNING {self._returning}" if self._returning else ""


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


def _moment(dialect: str, value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(value)
    written = value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f")
    return f"{written}+00" if dialect == POSTGRESQL else written
