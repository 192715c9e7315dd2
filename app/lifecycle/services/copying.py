"""A copy of an event: all that hangs on it but people and what happened, on another day."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import Row, delete, false, insert, select

from app.applications.services import own_questions
from app.core import audit, clock
from app.core.database import db
from app.events.models import Event, Session
from app.events.rules import EventVerb
from app.events.services import scheduling
from app.events.services.scheduling import Plan
from app.lifecycle import queries, rules
from app.workshops.services import questions

# What a copy begins with anew.
FRESH: Final[dict[str, dict[str, object]]] = {
    "workshops": {"taken": 0, "list_version": 0, "questions_id": None},
    "role_questions": {"asked_id": None},
}
FACTS = (
    *("access", "price", "spoken", "contact_name", "contact_mail", "contact_phone"),
    *("picture", "picture_text"),
)
# The new number of each row that was copied, by its table and its old number.
NewNumbers = dict[str, dict[object, object]]


def copy(event_id: int, slug: str, starts_at: datetime) -> Event:
    """A draft like the event. Every moment is shifted as its beginning is, by the clock on the
    wall; what is added to a table that is copied is copied too."""
    event = scheduling.locked(event_id)
    made = scheduling.create(_plan(event, slug, starts_at))
    db.session.execute(delete(Session).where(Session.event_id == made.id))
    numbers: NewNumbers = {queries.EVENTS: {event.id: made.id}}
    for name in rules.COPIED:
        numbers[name] = _copy_rows(name, event, made, numbers)
    if queries.used(event.id, ["workshops"]):
        questions.copy_questions(event.id, made.id)
    own_questions.copy(event.id, made.id)
    audit.record("event", made.id, EventVerb.COPIED, source=event.id)
    return made


def _plan(event: Event, slug: str, starts_at: datetime) -> Plan:
    return Plan(
        slug=slug,
        kind=event.kind,
        topic=event.topic,
        title=event.title,
        summary=event.summary,
        description=event.description,
        place=event.place,
        address=event.address,
        starts_at=starts_at,
        ends_at=clock.shifted(event.ends_at, event.starts_at, starts_at),
        facts={name: getattr(event, name) for name in FACTS},
    )


def _copy_rows(name: str, event: Event, made: Event, numbers: NewNumbers) -> dict[object, object]:
    table = queries.table(name)
    # Parts of a stall that are no longer given stand for who once had them.
    retired = table.c.retired == false() if "retired" in table.c else ~false()
    numbered = "id" in table.c
    rows = select(table).where(queries.of_event(name, event.id), retired)
    known: dict[object, object] = {}
    for row in db.session.execute(rows.order_by(*table.primary_key.columns)).all():
        statement = insert(table).values(_copied(name, row, event, made, numbers))
        if numbered:
            known[row.id] = db.session.execute(statement.returning(table.c.id)).scalar_one()
        else:
            db.session.execute(statement)
    return known


def _copied(
    name: str, row: Row[*tuple[object, ...]], event: Event, made: Event, numbers: NewNumbers
) -> dict[str, object]:
    """The row for the copy: new numbers, shifted moments, all else as it is."""
    values = {column: value for column, value in row._mapping.items() if column != "id"}
    for column, value in values.items():
        if isinstance(value, datetime):
            values[column] = clock.shifted(value, event.starts_at, made.starts_at)
    for column, parent in queries.parents(name).items():
        if parent in numbers and values[column] is not None:
            values[column] = numbers[parent][values[column]]
    return values | FRESH.get(name, {})
