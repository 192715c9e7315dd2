"""Who is on the lead's lists: events with a door, everyone with a place, who is missing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, case, false, func, or_, select
from sqlalchemy.orm import aliased

from app.checkin.queries.unseen import unseen
from app.core import clock
from app.core.database import db
from app.core.searching import holds
from app.devices.models import Device
from app.events.models import Event, Session
from app.events.rules import WITH_DOOR
from app.mailings.rules.states import MOST_RECIPIENTS
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.queries import is_typed_ticket
from app.tickets.rules.codes import shown_short
from app.tickets.rules.states import TicketState
from app.workshops.models import Admission, Enrolment, Workshop
from app.workshops.queries.arrivals import admitted_to
from app.workshops.rules.places import EnrolmentState

SHOWN = 200
PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class Expected:
    """One line of the door list."""

    ticket_id: int
    name: str
    short: str
    seats: int
    arrived: bool

    @property
    def short_shown(self) -> str:
        """The short code as people read it aloud."""
        return shown_short(self.short)


@dataclass(frozen=True, slots=True)
class MissingPage:
    """One page of those who have not come, and how many there are in all."""

    people: list[Expected]
    count: int

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // PAGE_SIZE))


def door_list(event_id: int) -> list[Expected]:
    """Everyone with a place, by name."""
    came = _came(event_id, None)
    statement = _with_places(event_id).add_columns(came).order_by(*_BY_NAME)
    return [Expected(*row) for row in db.session.execute(statement)]


def missing(event_id: int, session_id: int | None, search: str, page: int) -> MissingPage:
    """Those with a place who have not come to this session, or to any, by name.

    Of a group that has come in part it is the rest: `seats` are who has not come.
    """
    came = admitted_to(event_id, session_id)
    rest = Enrolment.seats - func.coalesce(came.c.admitted, 0)
    conditions = [rest > 0, *([_matching(search)] if search else [])]
    missing_rows = (
        _with_places(event_id, rest)
        .outerjoin(came, came.c.enrolment_id == Enrolment.id)
        .where(*conditions)
    )
    count = db.session.scalar(select(func.count()).select_from(missing_rows.subquery())) or 0
    shown = missing_rows.order_by(*_BY_NAME).limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE)
    people = [
        Expected(ticket_id, name, short, seats, arrived=False)
        for ticket_id, name, short, seats in db.session.execute(shown)
    ]
    return MissingPage(people, int(count))


def missing_to_write(event_id: int, session_id: int | None, search: str) -> list[tuple[int, str]]:
    """Those of whom nobody has come, by number and name, so that they can be written to."""
    missing_rows = _with_places(event_id).where(~_came(event_id, session_id))
    if search:
        missing_rows = missing_rows.where(_matching(search))
    columns = missing_rows.with_only_columns(Enrolment.id, Person.name, maintain_column_froms=True)
    rows = db.session.execute(columns.order_by(*_BY_NAME).limit(MOST_RECIPIENTS))
    return [(row.id, row.name) for row in rows]


def events_with_doors(now: datetime) -> Sequence[Row[Event, int, int, bool]]:
    """Events with tickets, phones or open squares, their phones and what waits for a look.

    First those with a session today, marked so, then by their next session, then what is over,
    the newest first.
    """
    morning = clock.local_time(now).replace(hour=0, minute=0, second=0, microsecond=0)
    midnight = morning + timedelta(days=1)
    next_at = (
        select(func.min(Session.starts_at))
        .where(Session.event_id == Event.id, Session.ends_at > morning)
        .correlate(Event)
        .scalar_subquery()
    )
    today = func.coalesce(next_at < midnight, false())
    order = case((today, 0), (next_at.is_not(None), 1), else_=2)
    live = (
        select(func.count())
        .where(Device.event_id == Event.id, Device.revoked_at.is_(None))
        .correlate(Event)
        .scalar_subquery()
    )
    paired = select(Device.id).where(Device.event_id == Event.id).exists()
    return db.session.execute(
        select(Event, live, unseen(Event.id), today)
        .outerjoin(Workshop, Workshop.event_id == Event.id)
        .where(or_(Workshop.event_id.is_not(None), Event.kind.in_(WITH_DOOR), paired))
        .order_by(order, next_at, Event.starts_at.desc(), Event.id)
        .limit(SHOWN)
    ).all()


_BY_NAME = (Enrolment.sort_text, Ticket.id)


def _with_places(event_id: int, seats: Any = Enrolment.seats) -> Select[*tuple[Any, ...]]:
    return (
        select(Ticket.id, Person.name, Ticket.short_code, seats.label("seats"))
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Ticket.event_id == event_id,
            Ticket.state == TicketState.LIVE,
            Enrolment.state == EnrolmentState.CONFIRMED,
        )
    )


def _came(event_id: int, session_id: int | None) -> ColumnElement[bool]:
    """Whether somebody came with a ticket of this place: the old one, or the new one."""
    shown = aliased(Ticket)
    # A set of its own, not one look for each place: without figures of its tables SQLite would
    # read all admissions each time.
    came = (
        select(shown.enrolment_id)
        .join(Admission, Admission.ticket_id == shown.id)
        .where(Admission.event_id == event_id)
    )
    if session_id is not None:
        came = came.where(Admission.session_id == session_id)
    return Ticket.enrolment_id.in_(came)


def _matching(text: str) -> ColumnElement[bool]:
    named = holds(Enrolment.search_text, text)
    is_typed = is_typed_ticket(text)
    return named if is_typed is None else or_(named, is_typed)
