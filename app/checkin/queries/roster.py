"""What a phone at the door takes along: the list of tickets, and what other phones saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Row, Select, func, literal_column, select

from app.checkin.models import Scan
from app.checkin.queries.tickets import state_of
from app.checkin.rules.verdicts import CodeState
from app.core.database import db
from app.core.refusals import NotFound
from app.devices.models import DoorRule
from app.events.models import Event, EventKey, Session
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules.states import TicketState as Issued
from app.workshops.models import Enrolment, Workshop

AnyRow = Row[*tuple[Any, ...]]
MOST_MOVES = 5000


@dataclass(frozen=True, slots=True)
class ListHead:
    """The event a list belongs to, and the newest version of the list."""

    event_id: int
    title: dict[str, str]
    starts_at: datetime
    ends_at: datetime
    public_key: bytes
    version: int
    # Tickets whose typed code no phone can look up yet.
    unhashed: int


@dataclass(frozen=True, slots=True)
class ListedTicket:
    """One ticket as a list tells of it."""

    enrolment_id: int
    code: str
    state: CodeState
    seats: int
    name: str
    interpreter: str
    access: str
    short_hash: bytes | None


@dataclass(frozen=True, slots=True)
class Moves:
    """A page of moves, and where it ends; `more`: there is another."""

    rows: Sequence[AnyRow]
    until: int
    more: bool


def list_head(event_id: int) -> ListHead:
    """Read before the tickets: what changes meanwhile then comes again with the next difference."""
    statement = (
        select(
            Event.id,
            Event.title,
            Event.starts_at,
            Event.ends_at,
            EventKey.public_key,
            Workshop.list_version,
            _UNHASHED,
        )
        .join(EventKey, EventKey.event_id == Event.id)
        .outerjoin(Workshop, Workshop.event_id == Event.id)
        .where(Event.id == event_id)
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NotFound
    return ListHead(row[0], row[1], row[2], row[3], row[4], row[5] or 0, row[6])


def listed_tickets(event_id: int, since: int | None) -> list[ListedTicket]:
    """All tickets of an event, or those that changed after a version."""
    statement = _LISTED.where(Ticket.event_id == event_id)
    if since is not None:
        statement = statement.where(Ticket.list_version > since)
    return [
        ListedTicket(enrolment_id, code, state_of(issued, place), *rest)
        for enrolment_id, code, issued, place, *rest in db.session.execute(statement)
    ]


def reissued_codes(event_id: int) -> dict[int, list[str]]:
    """By enrolment the codes it has had, oldest first; of those that have had several."""
    # A literal, so that the index of those no longer live is found.
    replaced = Ticket.state == literal_column(f"'{Issued.REPLACED}'")
    not_live = Ticket.state != literal_column(f"'{Issued.LIVE}'")
    theirs = select(Ticket.enrolment_id).where(Ticket.event_id == event_id, not_live, replaced)
    statement = (
        select(Ticket.enrolment_id, Ticket.code)
        .where(Ticket.enrolment_id.in_(theirs))
        .order_by(Ticket.enrolment_id, Ticket.issued_at, replaced.desc(), Ticket.id)
    )
    rows = db.session.execute(statement).all()
    return {
        number: [row.code for row in found] for number, found in groupby(rows, lambda row: row[0])
    }


def revoked_tickets(event_id: int) -> Sequence[int]:
    """Every ticket that was cancelled or replaced."""
    # A literal, so that the index of just these is found.
    not_live = Ticket.state != literal_column(f"'{Issued.LIVE}'")
    statement = select(Ticket.id).where(Ticket.event_id == event_id, not_live)
    return db.session.scalars(statement.order_by(Ticket.id)).all()


def door_rules(event_id: int) -> Sequence[DoorRule]:
    """The rules of all gates of an event."""
    statement = select(DoorRule).where(DoorRule.event_id == event_id)
    return db.session.scalars(statement.order_by(DoorRule.gate)).all()


def sessions(event_id: int) -> Sequence[Session]:
    """The sessions of an event."""
    statement = select(Session).where(Session.event_id == event_id)
    return db.session.scalars(statement.order_by(Session.starts_at, Session.id)).all()


def moves_since(event_id: int, since: int) -> Moves:
    """Scans of the event's own tickets that came after a moment (milliseconds since 1970).

    A page ends with a whole millisecond, so that the next can begin after it. Within one they
    stand as they happened.
    """
    arrived = (Scan.event_id == event_id, Scan.received_ms > since)
    last = db.session.scalar(
        select(Scan.received_ms)
        .where(*arrived)
        .order_by(Scan.received_ms)
        .offset(MOST_MOVES - 1)
        .limit(1)
    )
    statement = _MOVES.where(*arrived, Ticket.event_id == event_id)
    if last is not None:
        statement = statement.where(Scan.received_ms <= last)
    as_happened = (Scan.received_ms, Scan.time_ms, Scan.device, Scan.seq, Scan.id)
    rows = db.session.execute(statement.order_by(*as_happened)).all()
    return Moves(rows, since if last is None else last, last is not None)


_UNHASHED = (
    select(func.count())
    .select_from(Ticket)
    .where(Ticket.event_id == Event.id, Ticket.short_hash.is_(None))
    .correlate(Event)
    .scalar_subquery()
)
_LISTED: Select[*tuple[Any, ...]] = (
    select(
        Ticket.enrolment_id,
        Ticket.code,
        Ticket.state,
        Enrolment.state.label("place"),
        Enrolment.seats,
        Person.name,
        Enrolment.interpreter,
        Enrolment.access,
        Ticket.short_hash,
    )
    .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
    .join(Person, Person.id == Enrolment.person_id)
)
_MOVES: Select[*tuple[Any, ...]] = select(
    Scan.id,
    Scan.device,
    Scan.gate,
    Scan.kind,
    Scan.time_ms,
    Scan.green,
    Scan.annuls,
    Scan.session_id,
    Scan.admits,
    Scan.seats,
    Ticket.code,
).join(Ticket, Ticket.id == Scan.ticket_id)
