"""Tickets admitted twice by different phones, as pairs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from app.checkin.models import ConflictLook, DoubleAdmission, Scan
from app.checkin.queries.looks import ToLookAt, page_of
from app.devices.rules.moments import moment_at
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules.codes import shown_short
from app.workshops.models import Enrolment


@dataclass(frozen=True, slots=True)
class Arrival:
    """One side of a conflict."""

    at: datetime
    gate: str


@dataclass(frozen=True, slots=True)
class Pair:
    """One ticket let more in than it is for: the arrival that counts, the other, minutes between
    them, and how many were too many."""

    scan_id: str
    name: str
    short: str
    first: Arrival
    other: Arrival
    minutes: int
    excess: int
    looked_at: datetime | None


def conflicts(event_id: int, *, only_new: bool, page: int = 1) -> ToLookAt[Pair]:
    """Pairs that nobody has looked at, or all; the latest first."""
    first, other = aliased(Scan), aliased(Scan)
    conflicts = _wanted(event_id, only_new)
    shown = (
        conflicts.join(first, first.id == DoubleAdmission.first_id)
        .join(other, other.id == DoubleAdmission.scan_id)
        .join(Ticket, Ticket.id == DoubleAdmission.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .add_columns(Person.name, Ticket.short_code, DoubleAdmission.excess)
        .add_columns(first.time_ms, first.gate, other.time_ms, other.gate)
        .order_by(other.time_ms.desc(), other.id)
    )
    return page_of(conflicts, shown, _pair, page)


def _wanted(event_id: int, only_new: bool) -> Select[*tuple[Any, ...]]:
    statement = (
        select(DoubleAdmission.scan_id, ConflictLook.looked_at)
        .outerjoin(ConflictLook, ConflictLook.scan_id == DoubleAdmission.scan_id)
        .where(DoubleAdmission.event_id == event_id)
    )
    return statement.where(ConflictLook.scan_id.is_(None)) if only_new else statement


def _pair(
    scan_id: str, looked_at: datetime | None, name: str, short: str, excess: int, *sides: Any
) -> Pair:
    first_ms, first_gate, other_ms, other_gate = sides
    return Pair(
        scan_id=scan_id,
        name=name,
        short=shown_short(short),
        first=Arrival(moment_at(first_ms), first_gate),
        other=Arrival(moment_at(other_ms), other_gate),
        excess=excess,
        minutes=round((other_ms - first_ms) / 60_000),
        looked_at=looked_at,
    )
