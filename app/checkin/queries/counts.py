"""How many are expected, have come, and are inside: seats, worked out on reading."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from app.checkin.models import Admission, Device, DoubleAdmission, Scan
from app.checkin.rules.intake import milliseconds
from app.checkin.rules.moves import Kind
from app.core.database import db
from app.workshops.models import Enrolment, Ticket
from app.workshops.rules.places import EnrolmentState


@dataclass(frozen=True, slots=True)
class Counts:
    """Seats, so that a group ticket of n counts n; conflicts are pairs of scans."""

    expected: int
    arrived: int
    inside: int
    conflicts: int
    by_gate: dict[str, int]


def counts(event_id: int) -> Counts:
    """The figures of an event's door."""
    by_gate = dict.fromkeys(_gates(event_id), 0) | _arrived_by_gate(event_id)
    arrived = sum(by_gate.values())
    return Counts(
        expected=_expected(event_id),
        arrived=arrived,
        inside=arrived - _gone_again(event_id),
        conflicts=_conflicts(event_id),
        by_gate=by_gate,
    )


def _expected(event_id: int) -> int:
    statement = select(func.coalesce(func.sum(Enrolment.seats), 0)).where(
        Enrolment.event_id == event_id, Enrolment.state == EnrolmentState.CONFIRMED
    )
    return int(db.session.scalar(statement) or 0)


def _conflicts(event_id: int) -> int:
    statement = select(func.count()).where(DoubleAdmission.event_id == event_id)
    return int(db.session.scalar(statement) or 0)


def _gates(event_id: int) -> list[str]:
    statement = select(Device.gate).where(Device.event_id == event_id).distinct()
    return sorted(db.session.scalars(statement))


def _arrived_by_gate(event_id: int) -> dict[str, int]:
    """Seats by the gate where each ticket first came in."""
    numbered = (
        select(
            Admission.ticket_id,
            Admission.gate,
            func.row_number()
            .over(partition_by=Admission.ticket_id, order_by=(Admission.at, Admission.scan_id))
            .label("turn"),
        )
        .where(Admission.event_id == event_id)
        .subquery()
    )
    statement = (
        select(numbered.c.gate, func.sum(Enrolment.seats))
        .join(Ticket, Ticket.id == numbered.c.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .where(numbered.c.turn == 1)
        .group_by(numbered.c.gate)
        .order_by(numbered.c.gate)
    )
    return {gate: int(seats) for gate, seats in db.session.execute(statement)}


def _gone_again(event_id: int) -> int:
    """Seats of the tickets whose last move is an exit."""
    undo = aliased(Scan)
    exits = (
        select(Scan.ticket_id, func.max(Scan.time_ms))
        .where(
            Scan.event_id == event_id,
            Scan.kind == Kind.EXIT,
            Scan.ticket_id.is_not(None),
            ~select(undo.id)
            .where(undo.ticket_id == Scan.ticket_id, undo.annuls == Scan.id)
            .exists(),
        )
        .group_by(Scan.ticket_id)
    )
    left = {ticket: time for ticket, time in db.session.execute(exits)}
    if not left:
        return 0
    arrivals = (
        select(Admission.ticket_id, Enrolment.seats, func.max(Admission.at))
        .join(Ticket, Ticket.id == Admission.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .where(Admission.event_id == event_id)
        .group_by(Admission.ticket_id, Enrolment.seats)
    )
    return sum(
        seats
        for ticket, seats, at in db.session.execute(arrivals)
        if milliseconds(at) < left.get(ticket, 0)
    )
