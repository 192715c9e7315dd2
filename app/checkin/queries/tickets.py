"""Tickets at the door, locked while their scans are recorded, and the scans themselves."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, or_, select

from app.checkin.models import Scan
from app.checkin.rules.doors import Placed
from app.checkin.rules.intake import Circumstances
from app.checkin.rules.moves import Kind, Move
from app.checkin.rules.verdicts import Ticket as RuledTicket
from app.checkin.rules.verdicts import TicketState
from app.core.database import db
from app.core.prepared import Prepared
from app.core.row_sets import among, keys_of
from app.events.models import EventKey
from app.people.models import Person
from app.workshops.models import Enrolment, Ticket
from app.workshops.rules.places import EnrolmentState
from app.workshops.rules.places import TicketState as Issued

AnyRow = Row[*tuple[Any, ...]]


@dataclass(frozen=True, slots=True)
class FoundTicket:
    """A ticket with what the staff at the door may see of its holder: no mail, no phone."""

    id: int
    event_id: int
    code: str
    short: str
    seats: int
    name: str
    interpreter: str
    access: str
    ruled: RuledTicket


@dataclass(frozen=True, slots=True)
class KnownScan:
    """A stored scan."""

    device: str
    ticket_id: int | None
    identity: tuple[object, ...]
    told: Circumstances
    placed: Placed
    answer: dict[str, Any]


_TICKETS = (
    select(
        Ticket.id,
        Ticket.event_id,
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


def _locked(condition: Any) -> Select[*tuple[Any, ...]]:
    return _TICKETS.where(condition).order_by(Ticket.id).with_for_update(of=Ticket)


_LOCKED_ONE = Prepared(lambda _dialect: _locked(Ticket.id == bindparam("id")))
_LOCKED_BY_ID = Prepared(lambda dialect: _locked(among(dialect, Ticket.id, "ids")))
_LOCKED_BY_SHORT = Prepared(
    lambda dialect: _locked(
        or_(
            among(dialect, Ticket.id, "ids"),
            (Ticket.event_id == bindparam("event_id"))
            & among(dialect, Ticket.short_code, "shorts"),
        )
    )
)
_SCAN_COLUMNS = tuple(
    column for column in Scan.__table__.columns if column.key not in ("received_ms", "skewed")
)
_SCANS_OF_TICKETS = Prepared(
    lambda dialect: select(*_SCAN_COLUMNS).where(
        or_(among(dialect, Scan.ticket_id, "tickets"), among(dialect, Scan.id, "ids"))
    )
)
_SCANS_OF_EVENT = select(*_SCAN_COLUMNS).where(
    Scan.event_id == bindparam("event_id"), Scan.ticket_id.is_not(None)
)
_SCANS_OF_ONE = Prepared(
    lambda _dialect: select(*_SCAN_COLUMNS).where(
        or_(Scan.ticket_id == bindparam("ticket"), Scan.id == bindparam("id"))
    )
)
_STATES = {
    EnrolmentState.CONFIRMED: TicketState.VALID,
    EnrolmentState.WAITLISTED: TicketState.WAITLISTED,
    EnrolmentState.CANCELLED: TicketState.CANCELLED,
}


def locked_tickets(
    connection: Connection, ids: Collection[int], shorts: Collection[str], event_id: int | None
) -> list[FoundTicket]:
    """The tickets with these numbers, or these short codes at this event, FOR UPDATE by id."""
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
    return [_found(row) for row in rows]


def known_scans(
    connection: Connection, tickets: Collection[int], ids: Collection[str]
) -> dict[str, KnownScan]:
    """The stored scans of these tickets, and those with these ids, in one statement."""
    rows = _SCANS_OF_TICKETS.rows(
        connection, tickets=keys_of(connection, tickets), ids=keys_of(connection, ids)
    )
    return {row.id: _known(row) for row in rows}


def locked_with_scans(
    connection: Connection, ticket_id: int, scan_id: str
) -> tuple[list[FoundTicket], dict[str, KnownScan]]:
    """locked_tickets and known_scans of one scan: what nearly every call of a door asks."""
    tickets = [_found(row) for row in _LOCKED_ONE.rows(connection, id=ticket_id)]
    scans = _SCANS_OF_ONE.rows(connection, ticket=ticket_id, id=scan_id)
    return tickets, {row.id: _known(row) for row in scans}


def scans_of_event(connection: Connection, event_id: int) -> Iterator[KnownScan]:
    """All scans of tickets that were made at an event's doors."""
    rows = connection.execute(_SCANS_OF_EVENT, {"event_id": event_id})
    return (_known(row) for row in rows)


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
        code=row.code,
        short=row.short_code,
        seats=row.seats,
        name=row.name,
        interpreter=row.interpreter,
        access=row.access,
        ruled=RuledTicket(
            event=str(row.event_id),
            state=state_of(row.state, row.place),
            kind="group" if row.seats > 1 else "single",
        ),
    )


def state_of(issued: str, place: str) -> TicketState:
    """How a ticket stands at the door."""
    if issued == Issued.REPLACED:
        return TicketState.REVOKED
    if issued == Issued.CANCELLED:
        return TicketState.CANCELLED
    return _STATES[EnrolmentState(place)]


def _known(row: AnyRow) -> KnownScan:
    kind = Kind(row.kind)
    move = Move(row.id, row.device, row.gate, kind, row.time_ms, row.green, row.annuls)
    told = Circumstances(
        row.offline,
        row.green if row.offline else None,
        row.offset_ms,
        row.before_ms,
        row.after_ms,
    )
    return KnownScan(
        device=row.device,
        ticket_id=row.ticket_id,
        identity=(row.id, row.code, kind, row.gate, row.at_ms, row.seq, row.annuls),
        told=told,
        placed=Placed(move, (row.event_id or 0, row.session_id)),
        answer=row.answer,
    )
