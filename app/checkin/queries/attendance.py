"""Who came: what surveys, figures, certificates and the report rest on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from app.core.database import db
from app.tickets.models import Ticket
from app.workshops.models import Admission, Enrolment
from app.workshops.queries.arrivals import admitted_by_place


@dataclass(frozen=True, slots=True)
class Attendance:
    """One enrolment of which somebody came: how many were `admitted`, whatever its seats are now;
    `sessions` are those that were attended."""

    person_id: int
    enrolment_id: int
    event_id: int
    admitted: int
    first_at: datetime
    sessions: int


def attendance(event_ids: Sequence[int]) -> list[Attendance]:
    """Everyone who came to any of these events, in the order in which they first came.

    A person stands once for each event attended; who attends two stands twice.
    """
    if not event_ids:
        return []
    first_at = func.min(Admission.at)
    number = admitted_by_place(Admission.event_id.in_(event_ids))
    statement = (
        select(
            Enrolment.person_id,
            Enrolment.id,
            Enrolment.event_id,
            number.c.admitted,
            first_at,
            func.count(Admission.session_id.distinct()),
        )
        .join(Ticket, Ticket.enrolment_id == Enrolment.id)
        .join(Admission, Admission.ticket_id == Ticket.id)
        .join(number, number.c.enrolment_id == Enrolment.id)
        .where(Enrolment.event_id.in_(event_ids), Admission.event_id == Enrolment.event_id)
        .group_by(Enrolment.person_id, Enrolment.id, Enrolment.event_id, number.c.admitted)
        .order_by(first_at, Enrolment.id)
    )
    return [Attendance(*row) for row in db.session.execute(statement)]


def first_attended(event_ids: Sequence[int]) -> dict[int, Attendance]:
    """For each person the first of these events that was attended: it is the one that asks."""
    first: dict[int, Attendance] = {}
    for visit in attendance(event_ids):
        first.setdefault(visit.person_id, visit)
    return first


def came(event_id: int) -> set[int]:
    """The enrolments of an event of which somebody came."""
    return {visit.enrolment_id for visit in attendance([event_id])}
