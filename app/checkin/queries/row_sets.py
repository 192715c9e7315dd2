"""Many rows or many keys as one value, which the database itself unfolds.

A statement with a placeholder for each of twenty thousand values costs more to write and to read
than to execute; this one is the same statement for one row and for a thousand: a batch of a
thousand scans takes 0.6 of the time it takes without (bench/results.md). SQLite, which is
called and not asked over a wire, takes rows quicker one after the other.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, datetime
from itertools import combinations
from typing import Any, cast

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
from sqlalchemy.dialects import postgresql, sqlite

from app.core.database import Base
from app.core.prepared import POSTGRESQL, Prepared, together
from app.core.refusals import Unavailable

# So many rows of a table PostgreSQL takes quicker one by one than unfolded.
FEW = 1


class RowSets:
    """Inserts rows of some tables, in this order; what clashes with a unique index is left out."""

    def __init__(self, returned: str, *tables: type[Base]) -> None:
        """`returned`: the column of the first table by which it is told which rows went in."""
        self._returned = returned
        self._tables = [cast(Table, one.__table__) for one in tables]
        self._one_by_one = [
            Prepared(_one_by_one(table, returned if place == 0 else None), _names(table))
            for place, table in enumerate(self._tables)
        ]
        self._at_once = {filled: self._prepared(filled) for filled in _some_of(len(tables))}

    def insert(self, connection: Connection, *sets: Sequence[Mapping[str, Any]]) -> set[Any]:
        """The rows of each table, every column given; PostgreSQL takes all in one statement.

        Returns what tells those of the first table that went in.
        """
        filled = tuple(place for place, rows in enumerate(sets) if rows)
        if not filled:
            return set()
        if connection.dialect.name != POSTGRESQL:
            return self._inserted(connection, filled, sets)
        if max(map(len, sets)) <= FEW:
            return self._inserted_few(connection, sets)
        written = {f"rows_{place}": _as_json(sets[place]) for place in filled}
        return {row[0] for row in self._at_once[filled].rows(connection, **written)}

    def _inserted_few(
        self, connection: Connection, sets: Sequence[Sequence[Mapping[str, Any]]]
    ) -> set[Any]:
        asked = [
            statement.asked(**row)
            for statement, rows in zip(self._one_by_one, sets, strict=True)
            for row in rows
        ]
        answers = together(connection, *asked)
        return {row[0] for rows in answers[: len(sets[0])] for row in rows}

    def _inserted(
        self,
        connection: Connection,
        filled: tuple[int, ...],
        sets: Sequence[Sequence[Mapping[str, Any]]],
    ) -> set[Any]:
        for place in filled:
            added = self._one_by_one[place].many(connection, sets[place])
            if place == 0 and added < len(sets[0]):
                # SQLite has one writer: what it read of these rows before cannot have changed.
                raise Unavailable
        return {row[self._returned] for row in sets[0]}

    def _prepared(self, filled: tuple[int, ...]) -> Prepared:
        return Prepared(lambda _dialect: self._write(filled))

    def _write(self, filled: tuple[int, ...]) -> Any:
        """One statement that inserts into all these tables and tells of the first."""
        parts = []
        for place in filled:
            name, names = self._tables[place].name, ", ".join(_names(self._tables[place]))
            typed = f"CAST(NULL AS {name}), CAST(:rows_{place} AS json)"
            source = f"SELECT {names} FROM json_populate_recordset({typed})"  # noqa: S608
            returning = f" RETURNING {self._returned}" if place == 0 else ""
            into = f"INSERT INTO {name} ({names}) {source} ON CONFLICT DO NOTHING{returning}"
            parts.append(f"new_{place} AS ({into})")
        answer = f"{self._returned} FROM new_0" if 0 in filled else "NULL WHERE false"
        return text(f"WITH {', '.join(parts)} SELECT {answer}").columns(
            self._tables[0].c[self._returned]
        )


def _some_of(many: int) -> list[tuple[int, ...]]:
    """Every choice of at least one of so many places, in their order."""
    return [some for size in range(1, many + 1) for some in combinations(range(many), size)]


def _names(table: Table) -> tuple[str, ...]:
    return tuple(column.name for column in table.columns)


def _one_by_one(table: Table, told: str | None) -> Callable[[str], Any]:
    def write(dialect: str) -> Any:
        if dialect != POSTGRESQL:
            return sqlite.insert(table).on_conflict_do_nothing()
        statement = postgresql.insert(table).on_conflict_do_nothing()
        return statement.returning(table.c[told]) if told else statement

    return write


def among(dialect: str, keys: Any, name: str) -> ColumnElement[bool]:
    """Whether the column is one of the keys handed over under this name (`keys_of`)."""
    chosen: ColumnElement[bool]
    if dialect == POSTGRESQL:
        chosen = keys == any_(bindparam(name, type_=ARRAY(keys.type)))
    else:
        unfolded = sql.json_each(bindparam(name, type_=String))
        chosen = keys.in_(select(column("value")).select_from(unfolded))
    return chosen


def keys_of(connection: Connection, values: Collection[int | str]) -> object:
    """The keys as this database takes them: an array, or a JSON text."""
    keys = list(values)
    return keys if connection.dialect.name == POSTGRESQL else json.dumps(keys)


def _moment(value: object) -> str:
    if not isinstance(value, datetime):
        raise TypeError(value)
    return value.astimezone(UTC).isoformat()


_as_json = json.JSONEncoder(default=_moment).encode
