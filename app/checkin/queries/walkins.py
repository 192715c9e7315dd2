"""Walk-ins that were answered already, and those that wait for the lead."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.checkin.models import QuarantinedScan, Scan
from app.core.database import db
from app.events.models import Event
from app.people.models import Person
from app.workshops.models import Enrolment, Ticket


def recorded_walk_in(device: str, scan_id: str) -> tuple[dict[str, Any], str] | None:
    """The answer that a device's scan got, and the name on its ticket."""
    statement = (
        select(Scan.answer, Person.name)
        .join(Ticket, Ticket.id == Scan.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Scan.id == scan_id, Scan.device == device)
    )
    row = db.session.execute(statement).first()
    return None if row is None else (row[0], row[1])


def aside_reason(digest: bytes) -> str | None:
    """Why a walk-in was set aside; None if it was not."""
    return db.session.scalar(select(QuarantinedScan.reason).where(QuarantinedScan.digest == digest))


def walk_ins_aside() -> Sequence[QuarantinedScan]:
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
