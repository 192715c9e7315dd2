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
    literal,
    literal_column,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.checkin.models import DoubleAdmission, NameSearches, Scan
from app.checkin.queries.overrides import against_rules
from app.checkin.queries.searches import how_many_searches
from app.checkin.queries.unseen import how_many, in_quarantine, unseen_conflicts, unseen_overrides
from app.core.database import db
from app.core.refusals import NotFound
from app.crowd.queries.tallies import LIMIT, limit_of
from app.crowd.rules.quarters import SECONDS
from app.devices.models import DoorRule
from app.devices.rules.limits import Limit
from app.events.models import Event
from app.tickets.models import Ticket
from app.workshops.models import Admission, Enrolment, Workshop
from app.workshops.queries.arrivals import LIST, admitted_to, beyond_their_place, seats_held
from app.workshops.rules.places import EnrolmentState


@dataclass(frozen=True, slots=True)
class Watched:
    """An event with the numbers that one statement can tell; people, not rows."""

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
    searches: int
    searches_refused: int


@dataclass(frozen=True, slots=True)
class Arrivals:
    """How many first came in at a gate in a quarter of an hour."""

    gate: str
    quarter: int
    people: int


def watched(slug: str, session_id: int | None = None) -> Watched:
    """The event and its numbers, of one session or of all; raises NotFound."""
    number = select(Event.id).where(Event.slug == slug).scalar_subquery()
    row = db.session.execute(
        select(
            Event,
            _expected(number, session_id),
            _gone(number, session_id),
            how_many(DoubleAdmission.event_id == number),
            unseen_conflicts(number),
            how_many(*against_rules(number)),
            unseen_overrides(number),
            in_quarantine(number),
            func.coalesce(_of_one(Workshop.list_version, Workshop.event_id == number), 0),
            how_many_searches(number, NameSearches.searches),
            how_many_searches(number, NameSearches.refused),
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
    """By gate and quarter of an hour; each of a place's people where and when they first came in
    with a ticket of it, old or new."""
    # Nearly all come alone: what tells the parts of groups apart is worked out for groups only.
    alone = _first_admissions(event_id, session_id).subquery()
    parts = _parts_of_groups(event_id, session_id).subquery()
    new = parts.c.there - func.coalesce(parts.c.before, 0)
    both = union_all(
        select(alone.c.gate, alone.c.at, literal(1).label("people")).where(alone.c.turn == 1),
        select(parts.c.gate, parts.c.at, new.label("people")).where(new > 0),
    ).subquery()
    # Whole milliseconds, so that both databases cut the quarters at the same place.
    quarter = cast(extract("epoch", both.c.at) * 1000, BigInteger) // (SECONDS * 1000)
    statement = select(both.c.gate, quarter.label("quarter"), func.sum(both.c.people))
    rows = db.session.execute(statement.group_by(both.c.gate, quarter)).all()
    arrived = [Arrivals(gate, int(quarter), int(people)) for gate, quarter, people in rows]
    return sorted(arrived, key=lambda arrived: (arrived.quarter, arrived.gate))


def _first_admissions(event_id: int, session_id: int | None) -> Select[Any]:
    """The admissions of who came alone, in their `turn` at each place."""
    order = (Admission.at, Admission.scan_id)
    turn = func.row_number().over(partition_by=Ticket.enrolment_id, order_by=order).label("turn")
    alone = select(Ticket.enrolment_id, Admission.gate, Admission.at, turn)
    return _admissions(alone, event_id, session_id, Ticket.enrolment_id.not_in(_groups(event_id)))


def _parts_of_groups(event_id: int, session_id: int | None) -> Select[Any]:
    """Each admission with how many of its place were `there` by then, on its own list, and the most
    that were on any list `before`: `workshops.rules.arrivals.by_gate` for a whole event."""
    order = (Admission.at, Admission.scan_id)
    came = func.sum(Admission.admits).over(partition_by=LIST, order_by=order)
    booked = func.max(Admission.seats).over(partition_by=LIST, order_by=order)
    there_by_then = case((came < booked, came), else_=booked).label("there")
    told = (Ticket.enrolment_id, Admission.gate, Admission.at, Admission.scan_id, there_by_then)
    groups = Ticket.enrolment_id.in_(_groups(event_id))
    there = _admissions(select(*told), event_id, session_id, groups).subquery()
    before = func.max(there.c.there).over(
        partition_by=there.c.enrolment_id,
        order_by=(there.c.at, there.c.scan_id),
        rows=(None, -1),
    )
    return select(there.c.gate, there.c.at, there.c.there, before.label("before"))


def _admissions(
    told: Select[Any], event_id: int, session_id: int | None, which: ColumnElement[bool]
) -> Select[Any]:
    listed = told.join(Ticket, Ticket.id == Admission.ticket_id)
    listed = listed.where(Admission.event_id == event_id, which)
    return listed if session_id is None else listed.where(Admission.session_id == session_id)


def _groups(event_id: int) -> Select[Any]:
    """The places that somebody came with whose ticket was for several."""
    shown, came = aliased(Ticket), aliased(Admission)
    of_them = select(shown.enrolment_id).join(came, came.ticket_id == shown.id)
    return of_them.where(came.event_id == event_id, came.seats > 1)


def _expected(number: Any, session_id: int | None) -> Any:
    """Seats of those who have a place, and who came beside these: with a place that was given up,
    or more than is booked now. What has come and what has not add up to it."""
    booked = (
        select(func.coalesce(func.sum(Enrolment.seats), 0))
        .where(Enrolment.event_id == number, Enrolment.state == EnrolmentState.CONFIRMED)
        .scalar_subquery()
    )
    held = seats_held(number)
    those = Ticket.enrolment_id.in_(beyond_their_place(number))
    came = admitted_to(number, session_id, those)
    beyond = (
        select(func.coalesce(func.sum(came.c.admitted - held), 0))
        .select_from(came)
        .join(Enrolment, Enrolment.id == came.c.enrolment_id)
        .where(came.c.admitted > held)
        .scalar_subquery()
    )
    return booked + beyond


def _gone(number: Any, session_id: int | None) -> Any:
    """The people of the places that left after they last came in, by whichever ticket."""
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
    who_left = Ticket.enrolment_id.in_(select(left.c.enrolment_id))
    people = admitted_to(number, session_id, who_left)
    return (
        select(func.coalesce(func.sum(people.c.admitted), 0))
        .select_from(left)
        .join(last, last.c.enrolment_id == left.c.enrolment_id)
        .join(people, people.c.enrolment_id == left.c.enrolment_id)
        .where(left.c.left_ms > last.c.came_ms)
        .scalar_subquery()
    )


def _of_one(column: Any, *conditions: ColumnElement[bool]) -> Any:
    return select(column).where(*conditions).scalar_subquery()
