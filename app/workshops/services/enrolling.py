"""Enrolling: a seat if one is free, else a place in the line, else a refusal."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import delete, insert

from app.core import clock
from app.core.database import db, insert_once
from app.core.folding import sort_key
from app.core.languages import DEFAULT
from app.core.outbox import Letter
from app.core.secrets import purpose_key, wrapping_key
from app.core.signing import opened_private_key
from app.core.tokens import random_id, short_code, token_hash
from app.events import rules as event_rules
from app.events.rules import Phase
from app.people import services as people
from app.people.models import Person
from app.workshops import emails, refusals
from app.workshops.models import Enrolment, Ticket, Workshop
from app.workshops.queries import places
from app.workshops.queries.places import OpenWorkshop, TicketedEnrolment
from app.workshops.rules import codes, links
from app.workshops.rules.places import EnrolmentState, TicketState, fits
from app.workshops.services import seats

NEW_TICKET = insert(Ticket)
LONGEST_NAME = 200


@dataclass(frozen=True)
class Wish:
    """Who wants to come, with how many, and what they need."""

    name: str
    mail: str
    seats: int = 1
    language: str = DEFAULT
    interpreter: str = ""
    access: str = ""
    food: str = ""
    organisation: str = ""


@dataclass(frozen=True)
class Outcome:
    """What became of a wish. `created` is False where the person was enrolled already."""

    place: TicketedEnrolment
    created: bool
    position: int | None = None


def enrol(slug: str, wish: Wish, *, letters: bool = True) -> Outcome:
    """Enrol a person; the same address and name again gets the existing place and no letter.

    `letters` is False for a past that is only told.
    """
    return placed(places.open_workshop(slug), wish, letters=letters)


def placed(open_workshop: OpenWorkshop, wish: Wish, *, letters: bool) -> Outcome:
    """enrol, once the workshop is read; what was read may be out of date by now."""
    refuse_unless_open(open_workshop)
    if not fits(wish.seats, open_workshop.workshop.capacity):
        raise refusals.MoreThanCapacity(capacity=open_workshop.workshop.capacity, seats=wish.seats)
    person, new = people.meet(wish.mail, wish.name, wish.language)
    existing = None if new else places.live_place(open_workshop.event.id, person.id)
    if existing is not None:
        return _as_it_is(existing)
    place = drafted(open_workshop, person, wish, signer(open_workshop))
    with db.session.no_autoflush:
        return _seated(place, open_workshop, letters) or _seated_or_waiting(
            place, open_workshop, letters
        )


def refuse_unless_open(open_workshop: OpenWorkshop) -> None:
    """Raise the sentence that fits when the workshop takes no enrolments now.

    After the deadline free seats are still given, until the shutdown: a seat kept back from
    someone who would fit is what the waiting list promises never to do.
    """
    phase = places.phase(open_workshop)
    if open_workshop.event.state not in event_rules.RUNNING:
        raise refusals.EventNotOpen
    if phase is Phase.BEFORE:
        raise refusals.EnrolmentNotOpen
    if phase is Phase.CLOSED:
        raise refusals.EnrolmentClosed


def drafted(
    open_workshop: OpenWorkshop, person: Person, wish: Wish, sign: Callable[[bytes], bytes]
) -> TicketedEnrolment:
    """Everything that can be made before a seat is taken: numbers, code, link. No row yet."""
    moment = clock.now()
    enrolment_id, ticket_id, event_id = random_id(), random_id(), open_workshop.event.id
    enrolment = Enrolment(
        id=enrolment_id,
        event_id=event_id,
        person_id=person.id,
        state=EnrolmentState.CONFIRMED,
        seats=wish.seats,
        language=wish.language,
        interpreter=wish.interpreter,
        access=wish.access,
        food=wish.food,
        organisation=wish.organisation,
        **found_by(person),
        link_hash=token_hash(links.private_token(purpose_key("private links"), enrolment_id)),
        joined_at=moment,
    )
    return TicketedEnrolment(
        enrolment, new_ticket(enrolment, ticket_id, sign), person, open_workshop.event
    )


def found_by(person: Person) -> dict[str, str]:
    """What the desk's list finds a person by and is sorted by, and what the door does."""
    words = sort_key(person.name).split()
    return {
        "search_text": sort_key(f"{person.name} {person.email or ''}"),
        "later_names": " ".join(words[1:])[:LONGEST_NAME],
        "last_name": words[-1][:LONGEST_NAME] if len(words) > 2 else "",
    }


def new_ticket(enrolment: Enrolment, ticket_id: int, sign: Callable[[bytes], bytes]) -> Ticket:
    """A live ticket of an enrolment, signed."""
    return Ticket(
        id=ticket_id,
        event_id=enrolment.event_id,
        enrolment_id=enrolment.id,
        code=codes.ticket_code(enrolment.event_id, ticket_id, sign),
        short_code=short_code(),
        state=TicketState.LIVE,
        issued_at=clock.now(),
    )


def columns(row: Enrolment | Ticket) -> dict[str, object]:
    """The values a row was drafted with, for a statement of our own."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def signer(open_workshop: OpenWorkshop) -> Callable[[bytes], bytes]:
    return opened_private_key(wrapping_key(), open_workshop.sealed_private).sign


def _as_it_is(place: TicketedEnrolment) -> Outcome:
    return Outcome(place, created=False, position=places.position(place.enrolment))


def _seated(place: TicketedEnrolment, open_workshop: OpenWorkshop, letters: bool) -> Outcome | None:
    """A seat under the guard; None where none is free.

    The seat is taken as late as can be, for from then on the workshop's row is held and nobody
    else can enrol; only the ticket follows, which carries the version of the list that this
    makes. What was written for nothing is taken back.
    """
    if not fits(place.enrolment.seats, open_workshop.workshop.free):
        return None
    if not written(place):
        return _existing(place)
    letter = _ticket_letter(place, letters)
    version = seats.take(place.event.id, place.enrolment.seats)
    if version is None:
        _take_back(place, letter)
        return None
    issue(place, version)
    return Outcome(place, created=True)


def _seated_or_waiting(
    place: TicketedEnrolment, open_workshop: OpenWorkshop, letters: bool
) -> Outcome:
    """Once more with the row held: without this a cancel in between could leave a free seat
    and someone waiting."""
    workshop = seats.locked(place.event.id)
    version = seats.take(place.event.id, place.enrolment.seats)
    if version is None:
        return _in_line(place, open_workshop, workshop, letters)
    if not written(place):
        seats.give_back(place.event.id, place.enrolment.seats)
        return _existing(place)
    issue(place, version)
    _ticket_letter(place, letters)
    return Outcome(place, created=True)


def _in_line(
    place: TicketedEnrolment, open_workshop: OpenWorkshop, workshop: Workshop, letters: bool
) -> Outcome:
    """A place at the end of the line; the workshop's row is held."""
    if open_workshop.window is None or not open_workshop.window.waiting_list:
        raise refusals.Full
    workshop.list_version += 1
    place.enrolment.state = EnrolmentState.WAITLISTED
    place.enrolment.line_number = workshop.list_version
    if not written(place):
        return _existing(place)
    issue(place, workshop.list_version)
    position = places.position(place.enrolment)
    if letters:
        emails.waiting(place, position or 1)
    db.session.flush()
    return Outcome(place, created=True, position=position)


def written(place: TicketedEnrolment) -> bool:
    """The row of the enrolment; False where the same person was enrolled meanwhile."""
    return insert_once(Enrolment, **columns(place.enrolment))


def issue(place: TicketedEnrolment, version: int) -> None:
    """The row of the ticket, with the version of the list that it first stands on."""
    place.ticket.list_version = version
    db.session.connection().execute(NEW_TICKET, columns(place.ticket))


def _ticket_letter(place: TicketedEnrolment, letters: bool) -> Letter | None:
    letter = emails.ticket(place) if letters else None
    db.session.flush()
    return letter


def _take_back(place: TicketedEnrolment, letter: Letter | None) -> None:
    if letter is not None:
        db.session.delete(letter)
    db.session.execute(delete(Enrolment).where(Enrolment.id == place.enrolment.id))
    db.session.flush()


def _existing(place: TicketedEnrolment) -> Outcome:
    existing = places.live_place(place.event.id, place.person.id)
    if existing is None:
        raise refusals.AlreadyCancelled
    return _as_it_is(existing)
