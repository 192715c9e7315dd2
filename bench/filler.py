"""Many more tickets at the measured door, made in the database: sizes that no seeding reaches soon.

They are rows like any other, with codes that nobody signed: what is measured is whether the
tables' size slows the tickets that are scanned.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Insert, String, cast, insert, literal, select

from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules.states import TicketState
from app.workshops.models import Enrolment, Workshop
from app.workshops.rules.places import EnrolmentState
from bench.host import Place
from bench.scenarios import DOOR, application

# Far from the numbers of people, and of the random numbers that enrolments and tickets bear.
FIRST = 1_000_000_000
CODE = "Z" * 110


def fill(where: Place, count: int) -> None:
    """Add so many confirmed enrolments with tickets to the measured event."""
    with application(where), unit_of_work():
        event_id = db.session.scalars(select(Event.id).where(Event.slug == DOOR)).one()
        workshop = db.session.get_one(Workshop, event_id)
        workshop.capacity += count
        workshop.taken += count
        db.session.flush()
        for statement in _insertions(event_id, count):
            db.session.execute(statement)


def _insertions(event_id: int, count: int) -> list[Insert]:
    first = select(literal(1).label("n")).cte("numbers", recursive=True)
    numbers = first.union_all(select(first.c.n + 1).where(first.c.n < count))
    number = FIRST + numbers.c.n
    digits = cast(numbers.c.n, String)
    name = literal("fyld ").concat(digits)
    now = clock.now()
    people = {
        "id": number,
        "email": literal("filler-").concat(digits).concat("@bench.example"),
        "name": name,
        "name_folded": name,
        "language": literal("da"),
        "created_at": literal(now, Person.created_at.type),
    }
    places = {
        "id": number,
        "event_id": literal(event_id),
        "person_id": number,
        "state": literal(EnrolmentState.CONFIRMED.value),
        "seats": literal(1),
        "language": literal("da"),
        "interpreter": literal(""),
        "access": literal(""),
        "food": literal(""),
        "search_text": name,
        "sort_text": name,
        "name_part_1": literal("fyld"),
        "name_part_2": digits,
        "joined_at": literal(now, Enrolment.joined_at.type),
    }
    tickets = {
        "id": number,
        "event_id": literal(event_id),
        "enrolment_id": number,
        "code": literal(CODE).concat(digits),
        # Ten signs; 0 and 1 are in no real short code.
        "short_code": cast(number, String),
        "state": literal(TicketState.LIVE.value),
        "issued_at": literal(now, Ticket.issued_at.type),
    }
    return [_insertion(*one) for one in ((Person, people), (Enrolment, places), (Ticket, tickets))]


def _insertion(model: Any, columns: dict[str, Any]) -> Insert:
    return insert(model).from_select(
        list(columns), select(*columns.values()), include_defaults=True
    )
