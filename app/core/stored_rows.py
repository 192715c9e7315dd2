"""Rows as they are stored: quickly compared with what was read before, and made objects of only
where they changed."""

from __future__ import annotations

import json
from typing import Any, TypeVar

from sqlalchemy import JSON, ColumnElement, Enum, String, Text, cast, type_coerce

from app.core.database import Base

Row = TypeVar("Row", bound=Base)


def stored_columns(*tables: type[Base]) -> list[ColumnElement[Any]]:
    """All their columns, each as "table_column"; JSON and enums stay the text that is stored."""
    return [
        _as_stored(column).label(f"{table.__tablename__}_{column.name}")
        for table in tables
        for column in table.__table__.columns
    ]


def object_of(table: type[Row], stored: Any) -> Row:
    """The row as an object of no session: to be read, and never changed."""
    return table(
        **{
            column.name: _as_read(column, getattr(stored, f"{table.__tablename__}_{column.name}"))
            for column in table.__table__.columns
        }
    )


def _as_stored(column: ColumnElement[Any]) -> ColumnElement[Any]:
    if isinstance(column.type, JSON):
        return cast(column, Text)
    return type_coerce(column, String) if isinstance(column.type, Enum) else column


def _as_read(column: ColumnElement[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, JSON):
        return json.loads(value)
    kind: Any = column.type.enum_class if isinstance(column.type, Enum) else None
    return kind(value) if kind else value
