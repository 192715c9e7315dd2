"""Someone at the door without a ticket: a place if one is free, never one in the line."""

from __future__ import annotations

from app.core import clock
from app.core.folding import fold, fold_email
from app.events import queries as events
from app.events.rules import EventState
from app.people import queries as people_queries
from app.people import services as people
from app.people.models import Person
from app.workshops import emails, refusals
from app.workshops.queries import places
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import seats
from app.workshops.services.drafting import Wish, drafted, issue, signer, written


def walk_in(event_id: int, wish: Wish, *, letter: bool = True) -> tuple[TicketedEnrolment, bool]:
    """A place under the capacity, whatever the window says, for who stands at the door.

    Who is enrolled already gets that place; True where it was made now. Without a mail address
    nobody is recognised again. The ticket's letter leaves while it is of use: until the end.
    """
    open_workshop = places.open_workshop(events.event(event_id).slug)
    if open_workshop.event.state == EventState.CANCELLED:
        raise refusals.EventNotOpen
    seats.locked(event_id)
    person = known_person(wish)
    existing = None if person is None else places.live_place(event_id, person.id)
    if existing is not None:
        if existing.enrolment.state != EnrolmentState.CONFIRMED:
            raise refusals.FullAtTheDoor
        return existing, False
    version = seats.take(event_id, wish.seats)
    if version is None:
        raise refusals.FullAtTheDoor
    place = drafted(open_workshop.event, person or _new_person(wish), wish, signer(open_workshop))
    written(place)
    issue(place, version)
    if letter and wish.mail and clock.now() < open_workshop.event.ends_at:
        emails.ticket(place)
    return place, True


def known_person(wish: Wish) -> Person | None:
    if not wish.mail:
        return None
    known = people_queries.people_of(fold_email(wish.mail))
    return next((person for person in known if person.name_folded == fold(wish.name)), None)


def _new_person(wish: Wish) -> Person:
    if wish.mail:
        return people.get_or_create_person(wish.mail, wish.name, wish.language)[0]
    return people.create_person_without_email(wish.name, wish.language)
