"""What the lead of an event looks at: who is missing, what clashed, what was set aside."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, String, cast, func, select
from sqlalchemy.orm import aliased

from app.checkin.models import Admission, Device, DoubleAdmission, QuarantinedScan, Scan
from app.checkin.rules.intake import moment_at
from app.core.database import db
from app.events.models import Event
from app.people.models import Person
from app.workshops.models import Enrolment, Ticket, Workshop
from app.workshops.rules.codes import shown_short
from app.workshops.rules.places import EnrolmentState, TicketState

SHOWN = 200


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
class Arrival:
    """One side of a conflict."""

    at: datetime
    gate: str


@dataclass(frozen=True, slots=True)
class SetAside:
    """Something in quarantine; `gate` is empty where it came from no device of ours."""

    received_at: datetime
    reason: str
    gate: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One ticket admitted twice: the arrival that counts, the other, and minutes between them."""

    name: str
    first: Arrival
    other: Arrival
    minutes: int


def door_list(event_id: int, *, only_missing: bool = False) -> list[Expected]:
    """Everyone with a place by name, or only those who have not come yet."""
    came = (
        select(Admission.ticket_id)
        .where(Admission.ticket_id == Ticket.id, Admission.event_id == event_id)
        .exists()
    )
    statement = (
        select(Ticket.id, Person.name, Ticket.short_code, Enrolment.seats, came)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Ticket.event_id == event_id,
            Ticket.state == TicketState.LIVE,
            Enrolment.state == EnrolmentState.CONFIRMED,
        )
        .order_by(Person.name_folded, Ticket.id)
    )
    if only_missing:
        statement = statement.where(~came).limit(SHOWN)
    return [Expected(*row) for row in db.session.execute(statement)]


def conflicts(event_id: int) -> list[Pair]:
    """Tickets admitted twice by different phones, the latest first."""
    first, other = aliased(Scan), aliased(Scan)
    statement = (
        select(Person.name, first.time_ms, first.gate, other.time_ms, other.gate)
        .select_from(DoubleAdmission)
        .join(first, first.id == DoubleAdmission.first_id)
        .join(other, other.id == DoubleAdmission.scan_id)
        .join(Ticket, Ticket.id == DoubleAdmission.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(DoubleAdmission.event_id == event_id)
        .order_by(other.time_ms.desc(), other.id)
        .limit(SHOWN)
    )
    return [_pair(*row) for row in db.session.execute(statement)]


def quarantine(event_id: int) -> list[SetAside]:
    """What could not be taken as a scan, the latest first."""
    statement = (
        select(QuarantinedScan.received_at, QuarantinedScan.reason, Device.gate)
        .outerjoin(Device, cast(Device.id, String) == QuarantinedScan.device)
        .where(QuarantinedScan.event_id == event_id)
        .order_by(QuarantinedScan.received_at.desc(), QuarantinedScan.id.desc())
        .limit(SHOWN)
    )
    return [SetAside(at, reason, gate or "") for at, reason, gate in db.session.execute(statement)]


def events_with_doors() -> Sequence[Row[Event, int]]:
    """Events with tickets and how many devices each has, the next first."""
    live = (
        select(func.count())
        .where(Device.event_id == Event.id, Device.revoked_at.is_(None))
        .scalar_subquery()
    )
    return db.session.execute(
        select(Event, live)
        .join(Workshop, Workshop.event_id == Event.id)
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(SHOWN)
    ).all()


def _pair(name: str, first_ms: int, first_gate: str, other_ms: int, other_gate: str) -> Pair:
    return Pair(
        name=name,
        first=Arrival(moment_at(first_ms), first_gate),
        other=Arrival(moment_at(other_ms), other_gate),
        minutes=round((other_ms - first_ms) / 60_000),
    )
