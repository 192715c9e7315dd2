"""A column that says it holds an enum loads its members, so that `is` tells the truth."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, get_args

import pytest
from flask import Flask
from sqlalchemy import Enum, select, text
from sqlalchemy.orm import Mapper

from app.core.database import Model, db
from app.events.models import Event
from app.events.rules import EventKind, EventState
from tests.workshops.making import workshop


def said_to_be_enums() -> Iterator[tuple[str, type[StrEnum], Any]]:
    """(where, the enum, the column) for each attribute annotated with one."""
    for mapper in Model.registry.mappers:
        module = vars(sys.modules[mapper.class_.__module__])
        for name, said in vars(mapper.class_).get("__annotations__", {}).items():
            mapped = eval(said, module) if isinstance(said, str) else said  # noqa: S307 our own
            kind = _enum_in(mapped)
            if kind is not None and name in mapper.columns:
                yield f"{mapper.class_.__name__}.{name}", kind, _column(mapper, name)


def test_every_column_that_says_an_enum_is_one(app: Flask) -> None:
    columns = list(said_to_be_enums())
    assert len(columns) > 20
    wrong = [
        where
        for where, kind, column in columns
        if not isinstance(column.type, Enum)
        or column.type.enum_class is not kind
        or column.type.enums != [member.value for member in kind]
        or column.type.native_enum
        or column.type.create_constraint
    ]
    assert wrong == []


def test_what_is_loaded_is_the_member(app: Flask) -> None:
    event_id = workshop()
    db.session.expire_all()
    event = db.session.get_one(Event, event_id)
    assert event.kind is EventKind.WORKSHOP
    kind, state = db.session.execute(select(Event.kind, Event.state)).one()
    assert kind is EventKind.WORKSHOP and state is EventState.PUBLISHED
    assert db.session.scalar(select(Event.id).where(Event.kind == "workshop")) == event_id


def test_the_database_holds_the_words(app: Flask) -> None:
    workshop()
    assert db.session.execute(text("SELECT kind, state FROM events")).one() == (
        "workshop",
        "published",
    )


def test_a_word_that_is_no_member_is_refused(app: Flask) -> None:
    event_id = workshop()
    db.session.execute(text("UPDATE events SET kind = 'fair'"))
    with pytest.raises(LookupError, match="fair"):
        db.session.scalars(select(Event.kind).where(Event.id == event_id)).one()


def _column(mapper: Mapper[Any], name: str) -> Any:
    return mapper.columns[name]


def _enum_in(mapped: Any) -> type[StrEnum] | None:
    inner = [part for arg in get_args(mapped) for part in (get_args(arg) or (arg,))]
    enums = [part for part in inner if isinstance(part, type) and issubclass(part, StrEnum)]
    return enums[0] if enums else None
