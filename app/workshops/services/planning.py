"""What the team does with a whole workshop: its places, and telling all when it changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.core import audit
from app.core.database import db
from app.core.outbox import Letter
from app.events import queries as event_queries
from app.events.models import Event
from app.workshops import emails, refusals
from app.workshops.models import Workshop
from app.workshops.queries import lists
from app.workshops.rules import places
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.services import seats


def open_workshop(
    event: Event, capacity: int, eligibility: Mapping[str, str] | None = None
) -> Workshop:
    """Give an event places to enrol for."""
    workshop = Workshop(
        event_id=event.id,
        capacity=capacity,
        taken=0,
        list_version=0,
        eligibility=dict(eligibility or {}),
    )
    db.session.add(workshop)
    db.session.flush()
    return workshop


def set_capacity(event_id: int, capacity: int) -> Workshop:
    """More places go to the oldest waiting at once; fewer only down to what is taken."""
    workshop = seats.locked(event_id)
    leave = places.must_leave(workshop.taken, capacity)
    if leave:
        raise refusals.CapacityTooLow(taken=workshop.taken, leave=leave, capacity=capacity)
    audit.record(
        "workshop", event_id, WorkshopVerb.CAPACITY_SET, before=workshop.capacity, after=capacity
    )
    workshop.capacity = capacity
    db.session.flush()
    seats.move_up(workshop, event_queries.event(event_id))
    return workshop


def move_up(event_id: int) -> int:
    """The team gives the free places to the next in line, also while the event is on; how many."""
    moved = seats.move_up(seats.locked(event_id), event_queries.event(event_id), asked=True)
    audit.record("workshop", event_id, WorkshopVerb.MOVED_UP_BY_TEAM, count=moved)
    return moved


def tell_called_off(event: Event, due_at: datetime) -> list[Letter]:
    """Write to everyone on the list that the event does not take place."""
    letters = [emails.called_off(place, due_at) for place in lists.places_to_tell(event.id)]
    return [letter for letter in letters if letter]


def tell_moved(event: Event, was: emails.Whereabouts, due_at: datetime) -> list[Letter]:
    """Write to everyone on the list, with a new calendar file."""
    letters = [emails.moved(place, was, due_at) for place in lists.places_to_tell(event.id)]
    return [letter for letter in letters if letter]
