"""What hangs on an event, table by table."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sqlalchemy import ColumnElement, Table, exists, func, select
from sqlalchemy.orm import joinedload

from app.applications.models import Application
from app.applications.rules import states
from app.core.database import Base, db
from app.events.models import Event
from app.lifecycle import rules
from app.workshops.models import Enrolment
from app.workshops.rules.places import EnrolmentState

# The event's own rows, which every event has or may have, whatever its kind.
OWN = frozenset({"sessions", "windows", "event_keys", "event_pictures"})
EVENTS = "events"


def parents(name: str) -> dict[str, str]:
    """The tables that a table points at, by the column that does."""
    columns = Base.metadata.tables[name].columns
    keys = {column.name: key.column.table.name for column in columns for key in column.foreign_keys}
    # Rows of the door may come before what they are about, and point at it without a key.
    return {"event_id": EVENTS, **keys} if "event_id" in columns else keys


def hanging() -> set[str]:
    """Every table that points at an event, by itself or through others."""
    reached, more = {EVENTS}, {EVENTS}
    while more:
        more = {
            name
            for name in Base.metadata.tables
            if name not in reached and reached & {*parents(name).values()}
        }
        reached |= more
    return reached - {EVENTS}


def of_event(name: str, event_id: int) -> ColumnElement[bool]:
    """The rows of a table that belong to the event, by their nearest way to it."""
    table = Base.metadata.tables[name]
    above = parents(name)
    for column, parent in above.items():
        if parent == EVENTS:
            return table.c[column] == event_id
    column, parent = next(
        (column, parent) for column, parent in above.items() if parent in rules.COPIED
    )
    owners = Base.metadata.tables[parent]
    return table.c[column].in_(select(owners.c.id).where(of_event(parent, event_id)))


def used(event_id: int, names: Iterable[str]) -> list[str]:
    """Which of these tables have rows that point at the event itself."""
    straight = [name for name in names if EVENTS in parents(name).values()]
    rows = {name: exists().where(of_event(name, event_id)) for name in straight}
    if not rows:
        return []
    there = db.session.execute(select(*(row.label(name) for name, row in rows.items()))).one()
    return [name for name in straight if there._mapping[name]]


def has_parts(event_id: int) -> bool:
    """Whether anything hangs on it that fits its kind alone: places, a plan, applications, …"""
    names = {name for name in hanging() if name not in OWN}
    return bool(used(event_id, sorted(names)))


def people_of(event: Event) -> tuple[int, int]:
    """How many are enrolled or waiting, and how many applications there are."""
    enrolled = select(func.count()).where(
        Enrolment.event_id == event.id, Enrolment.state != EnrolmentState.CANCELLED
    )
    applied = select(func.count()).where(Application.event_id == event.id)
    counted = db.session.execute(
        select(enrolled.scalar_subquery(), applied.scalar_subquery())
    ).one()
    return counted[0], counted[1]


def applications(event_id: int) -> Sequence[Application]:
    """Those that stand, with their organisations."""
    statement = (
        select(Application)
        .where(Application.event_id == event_id, Application.state.not_in(states.ENDED))
        .options(joinedload(Application.organisation))
        .order_by(Application.id)
    )
    return db.session.scalars(statement).all()


def table(name: str) -> Table:
    """The table of that name."""
    return Base.metadata.tables[name]
