"""Who came through the door with a place: read from the admissions, never from its seats."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import ColumnElement, CompoundSelect, Subquery, case, func, select, union
from sqlalchemy.orm import aliased

from app.core.database import db
from app.tickets.models import Ticket
from app.workshops.models import Admission, Enrolment
from app.workshops.rules.arrivals import EPOCHS_A_DAY, CameIn, DoorEntry, came_in
from app.workshops.rules.places import EnrolmentState

# One list of a guest: with any of the tickets, at one session, on one day where each begins anew.
LIST = (Ticket.enrolment_id, Admission.session_id, Admission.epoch // EPOCHS_A_DAY)
# What an `DoorEntry` is made of.
ARRIVAL = tuple(getattr(Admission, name) for name in DoorEntry._fields)


def came_with(enrolment_id: int, event_id: int) -> CameIn | None:
    """How many came to the event with this place, and when and where first; None for nobody."""
    statement = (
        select(*ARRIVAL)
        .join(Ticket, Ticket.id == Admission.ticket_id)
        .where(Ticket.enrolment_id == enrolment_id, Admission.event_id == event_id)
    )
    return came_in(DoorEntry(*row) for row in db.session.execute(statement))


def came_of_event(event_id: int) -> dict[int, CameIn]:
    """The same of every place that somebody came with, by enrolment."""
    return _came(event_id, Ticket.event_id == event_id)


def came_of_places(event_id: int, enrolment_ids: Collection[int]) -> dict[int, CameIn]:
    """The same of these places."""
    return _came(event_id, Ticket.enrolment_id.in_(enrolment_ids))


def _came(event_id: int, of: ColumnElement[bool]) -> dict[int, CameIn]:
    statement = (
        select(Ticket.enrolment_id, *ARRIVAL)
        .join(Ticket, Ticket.id == Admission.ticket_id)
        .where(of, Admission.event_id == event_id)
    )
    arrivals: dict[int, list[DoorEntry]] = {}
    for enrolment_id, *told in db.session.execute(statement):
        arrivals.setdefault(enrolment_id, []).append(DoorEntry(*told))
    came = {number: came_in(theirs) for number, theirs in arrivals.items()}
    return {number: one for number, one in came.items() if one is not None}


def admitted_by_place(*conditions: ColumnElement[bool]) -> Subquery:
    """By `enrolment_id` how many were `admitted`, over the admissions for which these hold.

    Of several sessions or days the fullest counts: so many people came at least.
    """
    came, booked = func.sum(Admission.admits), func.max(Admission.seats)
    number = case((came < booked, came), else_=booked).label("number")
    lists = (
        select(Ticket.enrolment_id, number)
        .join(Ticket, Ticket.id == Admission.ticket_id)
        .where(*conditions)
        .group_by(*LIST)
        .subquery()
    )
    most = func.max(lists.c.number).label("admitted")
    return select(lists.c.enrolment_id, most).group_by(lists.c.enrolment_id).subquery()


def admitted_to(event_id: Any, session_id: int | None, *more: ColumnElement[bool]) -> Subquery:
    """The same of one event, or of one session of it; `more` says of which places."""
    here = [Admission.event_id == event_id, *more]
    if session_id is not None:
        here.append(Admission.session_id == session_id)
    return admitted_by_place(*here)


def beyond_their_place(event_id: Any) -> CompoundSelect[int]:
    """The places of which more may have come than they have seats now: few, found without adding up
    what came with the others."""
    shown, place, came = aliased(Ticket), aliased(Enrolment), aliased(Admission)
    here = came.event_id == event_id
    without = select(place.id).where(
        place.event_id == event_id, place.state != EnrolmentState.CONFIRMED
    )
    with_ticket = select(shown.enrolment_id).join(came, came.ticket_id == shown.id)
    smaller = with_ticket.join(place, place.id == shown.enrolment_id).where(
        here, came.seats > 1, came.seats > place.seats
    )
    of_another = with_ticket.where(here, shown.event_id != event_id)
    return union(without, smaller, of_another)


def seats_held(event_id: Any) -> ColumnElement[int]:
    """The seats of a place at this event; none where it is given up, waits, or is another's."""
    holds = (Enrolment.event_id == event_id) & (Enrolment.state == EnrolmentState.CONFIRMED)
    return case((holds, Enrolment.seats), else_=0)
