"""The seats of one workshop: taken under a guard, given back and passed on under its row's lock."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Integer, bindparam, select, update

from app.core import clock
from app.core.database import db
from app.core.prepared import Prepared
from app.core.refusals import NotFound
from app.events import queries as events
from app.events import rules as event_rules
from app.events.models import Event
from app.tickets.models import Ticket
from app.workshops import emails
from app.workshops.models import Enrolment, Workshop
from app.workshops.queries import places as places_queries
from app.workshops.queries.places import TicketedEnrolment, who_fit
from app.workshops.refusals import AlreadyCancelled, HandedOver, NoSuchPlace
from app.workshops.rules import places
from app.workshops.rules.places import EnrolmentState

_seats = bindparam("seats", type_=Integer)
_same = Workshop.event_id == bindparam("event")
# The rules themselves, asked of columns instead of numbers.
_free: Any = places.free
_fits: Any = places.fits
# The capacity is judged by the statement that takes the seats; it tells the list's new version.
TAKING = (
    update(Workshop)
    .where(_same, _fits(_seats, _free(Workshop.capacity, Workshop.taken)))
    .values(taken=Workshop.taken + _seats, list_version=Workshop.list_version + 1)
    .returning(Workshop.list_version)
)
_TAKING = Prepared(lambda _dialect: TAKING)
_OUTDATING = update(Workshop).where(_same).values(list_version=Workshop.list_version + 1)
_GIVING_BACK = update(Workshop).where(_same).values(taken=Workshop.taken - _seats)


def take(event_id: int, seats: int) -> int | None:
    """Take the seats if they are free; the capacity is judged by the statement that takes them.

    Returns the version of the list that this makes, None where the seats are not free.
    """
    rows = _TAKING.rows(db.session.connection(), event=event_id, seats=seats)
    return rows[0].list_version if rows else None


def give_back(event_id: int, seats: int) -> None:
    """Undo taking, within the same transaction."""
    db.session.connection().execute(_GIVING_BACK, {"event": event_id, "seats": seats})


def outdate(event_id: int) -> None:
    """What doors know of the event changed, though of no ticket; nothing where it has no places."""
    db.session.connection().execute(_OUTDATING, {"event": event_id})


def locked(event_id: int) -> Workshop:
    """The workshop's row, held until the transaction ends; read before any row of its list."""
    of_event = select(Workshop).where(Workshop.event_id == event_id)
    # FOR NO KEY UPDATE: rows just written point here, and their hold on the key must not clash.
    statement = of_event.with_for_update(key_share=True)
    fresh = statement.execution_options(populate_existing=True)
    workshop = db.session.scalar(fresh)
    if workshop is None:
        raise NotFound
    return workshop


def locked_place(enrolment_id: int) -> tuple[Workshop, TicketedEnrolment]:
    """An enrolment as it stands once its workshop's row is held; raises NoSuchPlace."""
    event_id = db.session.scalar(select(Enrolment.event_id).where(Enrolment.id == enrolment_id))
    if event_id is None:
        raise NoSuchPlace
    workshop = locked(event_id)
    return workshop, places_queries.place(enrolment_id)


def locked_live(enrolment_id: int) -> tuple[Workshop, TicketedEnrolment]:
    """The same of one that was not given up; raises AlreadyCancelled."""
    workshop, place = locked_place(enrolment_id)
    if place.enrolment.state == EnrolmentState.CANCELLED:
        raise HandedOver if place.enrolment.handed_to_id else AlreadyCancelled
    return workshop, place


def relist(workshop: Workshop, *tickets: Ticket) -> None:
    """A new version of the list, in which these tickets changed; the row is held."""
    workshop.list_version += 1
    for ticket in tickets:
        ticket.list_version = workshop.list_version


def move_up(workshop: Workshop, event: Event, *, asked: bool = False) -> int:
    """Give what is free to the oldest who fit, each with its letter; how many; the row is held.

    Once the event has begun nobody moves up by itself any more: who hears of it on the way home
    can hardly come. Of several sessions the last one counts. `asked` by the team it goes on until
    the event is over or called off.
    """
    free = workshop.free
    if not places.fits(1, free) or not _takes_more(event, asked):
        return 0
    moves = places.moving_up(free, who_fit(event.id, free))
    for waiting in moves.moved:
        place = places_queries.place(waiting.enrolment_id)
        place.enrolment.state = EnrolmentState.CONFIRMED
        relist(workshop, place.ticket)
        emails.moved_up(place)
    workshop.taken += moves.seats
    db.session.flush()
    return len(moves.moved)


def _takes_more(event: Event, asked: bool) -> bool:
    now = clock.now()
    if event.state not in event_rules.RUNNING or now >= event.ends_at:
        return False
    return asked or now < event.starts_at or now < _last_begins(event)


def _last_begins(event: Event) -> datetime:
    """When the last session begins: until then one can still join."""
    return max((one.starts_at for one in events.sessions(event.id)), default=event.starts_at)
