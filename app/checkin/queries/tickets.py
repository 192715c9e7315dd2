"""Tickets at the door, locked while their scans are recorded."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, or_, select
from sqlalchemy.orm import aliased

from app.checkin.queries.row_sets import among, keys_of
from app.checkin.rules.verdicts import CodeState, RuledTicket
from app.core.database import db
from app.core.prepared import Asked, Prepared, Rows
from app.events.models import EventKey
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules.states import TicketState as Issued
from app.workshops.models import Enrolment
from app.workshops.rules.places import EnrolmentState

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class FoundTicket:
    """A ticket with what the staff at the door may see of its holder: no mail, no phone."""

    id: int
    event_id: int
    enrolment_id: int
    code: str
    short: str
    seats: int
    name: str
    interpreter: str
    access: str
    ruled: RuledTicket

    def of_seats(self, seats: int) -> FoundTicket:
        """The ticket where it is for so many."""
        if seats == self.seats:
            return self
        ruled = replace(self.ruled, seats=seats, kind=kind_of(seats))
        return replace(self, seats=seats, ruled=ruled)


_TICKETS = (
    select(
        Ticket.id,
        Ticket.event_id,
        Ticket.enrolment_id,
        Ticket.code,
        Ticket.short_code,
        Ticket.state,
        Enrolment.state.label("place"),
        Enrolment.seats,
        Enrolment.interpreter,
        Enrolment.access,
        Person.name,
    )
    .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
    .join(Person, Person.id == Enrolment.person_id)
)


def _locked(condition: Callable[[type[Ticket]], Any]) -> Select[*tuple[Any, ...]]:
    """These tickets and all others of the same guests, by id: one guest, whichever is shown."""
    asked = aliased(Ticket)
    theirs = select(asked.enrolment_id).where(condition(asked))
    locked = _TICKETS.where(Ticket.enrolment_id.in_(theirs))
    return locked.order_by(Ticket.id).with_for_update(of=Ticket)


_LOCKED_ONE = Prepared(lambda _dialect: _locked(lambda asked: asked.id == bindparam("id")))
_LOCKED_BY_ID = Prepared(
    lambda dialect: _locked(lambda asked: among(dialect, asked.id, "ids")), grows=True
)
_LOCKED_BY_SHORT = Prepared(
    lambda dialect: _locked(
        lambda asked: or_(
            among(dialect, asked.id, "ids"),
            (asked.event_id == bindparam("event_id")) & among(dialect, asked.short_code, "shorts"),
        )
    ),
    grows=True,
)
_STATES = {
    EnrolmentState.CONFIRMED: CodeState.VALID,
    EnrolmentState.WAITLISTED: CodeState.WAITLISTED,
    EnrolmentState.CANCELLED: CodeState.CANCELLED,
}


def locked_tickets(
    connection: Connection, ids: Collection[int], shorts: Collection[str], event_id: int | None
) -> list[FoundTicket]:
    """The tickets with these numbers, or these short codes at this event, FOR UPDATE by id.

    With them come those that they replaced, or that replaced them.
    """
    if shorts and event_id is not None:
        rows = _LOCKED_BY_SHORT.rows(
            connection,
            ids=keys_of(connection, ids),
            shorts=keys_of(connection, shorts),
            event_id=event_id,
        )
    elif ids:
        rows = _LOCKED_BY_ID.rows(connection, ids=keys_of(connection, ids))
    else:
        return []
    return found_tickets(rows)


def ticket_to_lock(ticket_id: int) -> Asked:
    """locked_tickets of one number, to be asked with its scans; `found_tickets` reads the rows."""
    return _LOCKED_ONE.asked(id=ticket_id)


def found_tickets(rows: Rows) -> list[FoundTicket]:
    """The tickets that such rows tell of."""
    return [_found(row) for row in rows]


def public_keys(event_ids: Collection[int]) -> dict[int, bytes]:
    """The keys that prove tickets, of those events that exist."""
    statement = select(EventKey.event_id, EventKey.public_key).where(
        EventKey.event_id.in_(event_ids)
    )
    return {row.event_id: row.public_key for row in db.session.execute(statement)}


def _found(row: AnyRow) -> FoundTicket:
    return FoundTicket(
        id=row.id,
        event_id=row.event_id,
        enrolment_id=row.enrolment_id,
        code=row.code,
        short=row.short_code,
        seats=row.seats,
        name=row.name,
        interpreter=row.interpreter,
        access=row.access,
        ruled=RuledTicket(
            event=str(row.event_id),
            state=state_of(row.state, row.place),
            kind=kind_of(row.seats),
            seats=row.seats,
        ),
    )


def kind_of(seats: int) -> str:
    """The kind of ticket that is for so many."""
    return "group" if seats > 1 else "single"


def state_of(issued: str, place: str) -> CodeState:
    """How a ticket stands at the door."""
    if issued == Issued.REPLACED:
        return CodeState.REVOKED
    if issued == Issued.CANCELLED:
        return CodeState.CANCELLED
    return _STATES[EnrolmentState(place)]
