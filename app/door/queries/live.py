"""What the lead watches while people come in: few statements, for every viewer asks again soon."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Select,
    case,
    cast,
    extract,
    func,
    literal_column,
    select,
)
from sqlalchemy.orm import aliased

from app.checkin.models import Admission, DoubleAdmission, Scan
from app.checkin.queries.overrides import against_rules
from app.checkin.queries.unseen import how_many, in_quarantine, unseen_conflicts, unseen_overrides
from app.core.database import db
from app.core.refusals import NotFound
from app.crowd.queries.tallies import LIMIT, limit_of
from app.crowd.rules.quarters import SECONDS
from app.devices.models import DoorRule
from app.devices.rules.limits import Limit
from app.events.models import Event
from app.workshops.models import Enrolment, Ticket, Workshop
from app.workshops.rules.places import EnrolmentState


@dataclass(frozen=True, slots=True)
class Watched:
    """An event with the numbers that one statement can tell; seats, not rows."""

    event: Event
    limit: Limit
    expected: int
    gone: int
    conflicts: int
    unseen_conflicts: int
    overrides: int
    unseen_overrides: int
    quarantined: int
    list_version: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """Seats that came in first at a gate in a quarter of an hour; `awaited` of them had a place."""

    gate: str
    quarter: int
    seats: int
    awaited: int


def watched(slug: str, session_id: int | None = None) -> Watched:
    """The event and its numbers, of one session or of all; raises NotFound."""
    number = select(Event.id).where(Event.slug == slug).scalar_subquery()
    row = db.session.execute(
        select(
            Event,
            _expected(number),
            _gone(number, session_id),
            how_many(DoubleAdmission.event_id == number),
            unseen_conflicts(number),
            how_many(*against_rules(number)),
            unseen_overrides(number),
            in_quarantine(number),
            func.coalesce(_of_one(Workshop.list_version, Workshop.event_id == number), 0),
            *(
                _of_one(column, DoorRule.event_id == number, DoorRule.gate == "")
                for column in LIMIT
            ),
        ).where(Event.slug == slug)
    ).one_or_none()
    if row is None:
        raise NotFound
    event, *numbers, most, warn_at, of = row
    return Watched(event, limit_of(most, warn_at, of), *map(int, numbers))


def arrivals(event_id: int, session_id: int | None = None) -> list[Arrivals]:
    """By gate and quarter of an hour; each place where and when somebody first came in with a
    ticket of it, old or new."""
    first = _first_admissions(event_id, session_id).subquery()
    # Whole milliseconds, so that both databases cut the quarters at the same place.
    quarter = cast(extract("epoch", first.c.at) * 1000, BigInteger) // (SECONDS * 1000)
    has_place = (Enrolment.event_id == event_id) & (Enrolment.state == EnrolmentState.CONFIRMED)
    awaited = func.sum(case((has_place, Enrolment.seats), else_=0))
    statement = (
        select(first.c.gate, quarter.label("quarter"), func.sum(Enrolment.seats), awaited)
        .join(Enrolment, Enrolment.id == first.c.enrolment_id)
        .where(first.c.turn == 1)
        .group_by(first.c.gate, quarter)
    )
    rows = db.session.execute(statement).all()
    came = [Arrivals(gate, *map(int, numbers)) for gate, *numbers in rows]
    return sorted(came, key=lambda arrived: (arrived.quarter, arrived.gate))


def _first_admissions(event_id: int, session_id: int | None) -> Select[Any]:
    statement = (
        select(
            Ticket.enrolment_id,
            Admission.gate,
            Admission.at,
            func.row_number()
            .over(partition_by=Ticket.enrolment_id, order_by=(Admission.at, Admission.scan_id))
            .label("turn"),
        )
        .join(Ticket, Ticket.id == Admission.ticket_id)
        .where(Admission.event_id == event_id)
    )
    return statement if session_id is None else statement.where(Admission.session_id == session_id)


def _expected(number: Any) -> Any:
    return (
        select(func.coalesce(func.sum(Enrolment.seats), 0))
        .where(Enrolment.event_id == number, Enrolment.state == EnrolmentState.CONFIRMED)
        .scalar_subquery()
    )


def _gone(number: Any, session_id: int | None) -> Any:
    """Seats of the places whose people left after they last came in, by whichever ticket."""
    undo, entry = aliased(Scan), aliased(Scan)
    left_by, came_by = aliased(Ticket), aliased(Ticket)
    undone = select(undo.id).where(undo.ticket_id == Scan.ticket_id, undo.annuls == Scan.id)
    exits = (
        select(left_by.enrolment_id, func.max(Scan.time_ms).label("left_ms"))
        .join(left_by, left_by.id == Scan.ticket_id)
        # A literal, so that the index of exits alone is found.
        .where(
            Scan.event_id == number,
            Scan.kind == literal_column("'exit'"),
            ~undone.exists(),
        )
    )
    came = (
        select(came_by.enrolment_id, func.max(entry.time_ms).label("came_ms"))
        .select_from(Admission)
        .join(came_by, came_by.id == Admission.ticket_id)
        .join(entry, entry.id == Admission.scan_id)
        .where(Admission.event_id == number)
    )
    if session_id is not None:
        exits = exits.where(Scan.session_id == session_id)
        came = came.where(Admission.session_id == session_id)
    left = exits.group_by(left_by.enrolment_id).subquery()
    last = came.group_by(came_by.enrolment_id).subquery()
    return (
        select(func.coalesce(func.sum(Enrolment.seats), 0))
        .select_from(left)
        .join(last, last.c.enrolment_id == left.c.enrolment_id)
        .join(Enrolment, Enrolment.id == left.c.enrolment_id)
        .where(left.c.left_ms > last.c.came_ms)
        .scalar_subquery()
    )


def _of_one(column: Any, *conditions: ColumnElement[bool]) -> Any:
    return select(column).where(*conditions).scalar_subquery()
