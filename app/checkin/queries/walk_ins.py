"""Walk-ins that were answered already, and those that wait for the lead."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import cast

from sqlalchemy import exists, func, select
from sqlalchemy.orm import aliased

from app.checkin.models import QuarantinedScan, Scan, WalkInEntry
from app.checkin.rules.answers import StoredAnswer
from app.checkin.rules.audited import CheckinVerb
from app.checkin.rules.reasons import QuarantineReason
from app.core import audit
from app.core.database import db
from app.devices.rules.moments import moment_at
from app.events.models import Event
from app.people.models import Person
from app.tickets.models import Ticket
from app.workshops.models import Enrolment, Workshop


def recorded_walk_in(device: str, scan_id: str) -> tuple[StoredAnswer, str] | None:
    """The answer that a device's walk-in got, and the name on its ticket."""
    statement = (
        select(Scan.answer, Person.name)
        .join(WalkInEntry, WalkInEntry.scan_id == Scan.id)
        .join(Ticket, Ticket.id == Scan.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Scan.id == scan_id, Scan.device == device)
    )
    row = db.session.execute(statement).first()
    return None if row is None else (cast(StoredAnswer, row[0]), row[1])


@dataclass(frozen=True, slots=True)
class PlaceOfWalkIn:
    """The place that a walk-in has; `others`: scans of its ticket beside the two that are asked."""

    code: str
    enrolment_id: int
    made: bool
    others: int


def place_of_walk_in(device: str, scan_id: str, undo_id: str) -> PlaceOfWalkIn | None:
    """Where a device's walk-in led; None where it is not recorded."""
    other = aliased(Scan)
    others = (
        select(func.count())
        .where(other.ticket_id == Ticket.id, other.id.not_in((scan_id, undo_id)))
        .correlate(Ticket)
        .scalar_subquery()
    )
    row = db.session.execute(
        select(Ticket.code, Ticket.enrolment_id, WalkInEntry.made_place, others)
        .join(Scan, Scan.ticket_id == Ticket.id)
        .join(WalkInEntry, WalkInEntry.scan_id == Scan.id)
        .where(Scan.id == scan_id, Scan.device == device)
    ).first()
    return None if row is None else PlaceOfWalkIn(*row)


def has_places(event_id: int) -> bool:
    """Whether an event has places at all, so that somebody can be given one."""
    return db.session.get(Workshop, event_id) is not None


@dataclass(frozen=True, slots=True)
class WrittenDown:
    """Who was written down from paper: where and when they came in, who wrote it, and whether that
    was taken back. `added`: places that were added for them."""

    scan_id: str
    name: str
    seats: int
    gate: str
    at: datetime
    enrolment_id: int
    taken_back: bool
    actor: str = ""
    added: int = 0


def written_down(device: str, event_id: int) -> list[WrittenDown]:
    """All that was written down from paper at an event, the latest entry first."""
    traces = {
        entry.facts["scan"]: entry
        for entry in audit.of("event", event_id)
        if entry.verb == CheckinVerb.WALK_IN_WRITTEN_DOWN
    }
    return [
        replace(line, actor=trace.actor, added=trace.facts["added"])
        for line in _lines(device)
        if (trace := traces.get(line.scan_id))
    ]


def _lines(device: str) -> list[WrittenDown]:
    undo = aliased(Scan)
    undone = exists().where(undo.annuls == Scan.id, undo.device == device).correlate(Scan)
    rows = db.session.execute(
        select(
            Scan.id,
            Person.name,
            func.coalesce(Scan.admits, Scan.seats),
            Scan.gate,
            Scan.time_ms,
            Enrolment.id,
            undone,
        )
        .join(WalkInEntry, WalkInEntry.scan_id == Scan.id)
        .join(Ticket, Ticket.id == Scan.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Scan.device == device)
        .order_by(Scan.time_ms.desc(), Scan.id)
    )
    return [WrittenDown(*row[:4], moment_at(row[4]), *row[5:]) for row in rows]


def quarantined_walk_in(digest: bytes) -> QuarantinedScan | None:
    """A walk-in in quarantine, locked."""
    statement = select(QuarantinedScan).where(QuarantinedScan.digest == digest)
    return db.session.scalar(statement.with_for_update())


def quarantine_reason(digest: bytes) -> QuarantineReason | None:
    """Why a walk-in was quarantined; None if it was not."""
    return db.session.scalar(select(QuarantinedScan.reason).where(QuarantinedScan.digest == digest))


def quarantined_walk_ins() -> Sequence[QuarantinedScan]:
    """Every walk-in in quarantine that still says who it was."""
    statement = select(QuarantinedScan).where(
        QuarantinedScan.content.startswith(MARK, autoescape=True)
    )
    return db.session.scalars(statement.order_by(QuarantinedScan.id)).all()


def old_walk_ins(before: datetime) -> Sequence[int]:
    """Those of events that ended before a moment."""
    statement = (
        select(QuarantinedScan.id)
        .join(Event, Event.id == QuarantinedScan.event_id)
        .where(QuarantinedScan.content.startswith(MARK, autoescape=True), Event.ends_at < before)
    )
    return db.session.scalars(statement).all()


# What the content of a walk-in begins with as long as it says who it was. Nothing else in
# quarantine does: what phones send is written without blanks.
MARK = '{ "box": '
