"""Enrolling: a seat if one is free, else a place in the line, else a refusal."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update

from app.core.database import db
from app.events import rules as event_rules
from app.events.rules import Phase
from app.people import services as people
from app.workshops import emails, refusals
from app.workshops.models import Enrolment, Workshop
from app.workshops.queries import places
from app.workshops.queries.places import OpenWorkshop, TicketedEnrolment
from app.workshops.rules.places import EnrolmentState, fits
from app.workshops.rules.questions import GivenAnswers
from app.workshops.services import at_once, seats
from app.workshops.services.drafting import Wish, drafted, issue, signer, written
from app.workshops.services.questions import keep_answers
from app.workshops.services.resending import resend


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
    return placed(places.workshop_to_enrol_at(slug), wish, letters=letters)


def placed(
    open_workshop: OpenWorkshop,
    wish: Wish,
    *,
    letters: bool = True,
    answers: GivenAnswers | None = None,
    remind: bool = False,
) -> Outcome:
    """enrol, once the workshop is read; what was read may be out of date by now.

    Who is enrolled already is not answered for anew: that may be anybody who knows the address.
    `remind` mails them their ticket once more, where the caller shows nothing of it; machines
    get the place as their answer instead.
    """
    refuse_unless_open(open_workshop)
    if not fits(wish.seats, open_workshop.workshop.capacity):
        raise refusals.MoreThanCapacity(capacity=open_workshop.workshop.capacity, seats=wish.seats)
    outcome = _existing_or_new(open_workshop, wish, letters)
    number = outcome.place.enrolment.id
    if outcome.created and answers is not None:
        keep_answers(number, answers.version_id, answers.answers)
    if remind and not outcome.created:
        resend(number)
    return outcome


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


def _existing_or_new(open_workshop: OpenWorkshop, wish: Wish, letters: bool) -> Outcome:
    tried = letters and at_once.may_be_seated(open_workshop, wish)
    place = at_once.seated(open_workshop, wish) if tried else None
    if place is not None:
        return Outcome(place, created=True)
    # Where that did not do, most were met before.
    person, new = people.get_or_create_person(wish.mail, wish.name, wish.language, known=tried)
    existing = None if new else places.live_place(open_workshop.event.id, person.id)
    if existing is not None:
        return _as_it_is(existing)
    place = drafted(open_workshop.event, person, wish, signer(open_workshop))
    with db.session.no_autoflush:
        if fits(wish.seats, open_workshop.workshop.free):
            return _seated(place, open_workshop, letters)
        return _seated_or_waiting(place, open_workshop, letters)


def _as_it_is(existing: TicketedEnrolment) -> Outcome:
    return Outcome(existing, created=False, position=places.position(existing.enrolment))


def _seated(place: TicketedEnrolment, open_workshop: OpenWorkshop, letters: bool) -> Outcome:
    """A seat under the guard, where one was free when the workshop was read.

    The seat is taken as late as can be, for from then on the workshop's row is held and nobody
    else can enrol; only the ticket follows, which carries the version of the list that this
    makes.
    """
    if not written(place):
        return _existing(place)
    letter = emails.ticket(place) if letters else None
    version = seats.take(place.event.id, place.enrolment.seats)
    if version is None:
        return _seat_lost(place, open_workshop, letter)
    issue(place, version)
    return Outcome(place, created=True)


def _seat_lost(
    place: TicketedEnrolment, open_workshop: OpenWorkshop, letter: int | None
) -> Outcome:
    """Somebody else got the seat meanwhile: what is written already becomes a place in line.

    Once more with the row held first: without this a cancel in between could leave a free seat
    and someone waiting.
    """
    workshop = seats.locked(place.event.id)
    version = seats.take(place.event.id, place.enrolment.seats)
    if version is not None:
        issue(place, version)
        return Outcome(place, created=True)
    _put_last(place, open_workshop, workshop)
    in_line = {"state": place.enrolment.state, "line_number": place.enrolment.line_number}
    same = Enrolment.id == place.enrolment.id
    db.session.execute(update(Enrolment).where(same).values(in_line))
    issue(place, workshop.list_version)
    position = places.position(place.enrolment) or 1
    if letter is not None:
        emails.waiting_after_all(letter, place, position)
    db.session.flush()
    return Outcome(place, created=True, position=position)


def _seated_or_waiting(
    place: TicketedEnrolment, open_workshop: OpenWorkshop, letters: bool
) -> Outcome:
    """A seat or a place in line with the row held, where none was free when it was read."""
    workshop = seats.locked(place.event.id)
    version = seats.take(place.event.id, place.enrolment.seats)
    if version is None:
        return _in_line(place, open_workshop, workshop, letters)
    if not written(place):
        seats.give_back(place.event.id, place.enrolment.seats)
        return _existing(place)
    issue(place, version)
    if letters:
        emails.ticket(place)
    db.session.flush()
    return Outcome(place, created=True)


def _in_line(
    place: TicketedEnrolment, open_workshop: OpenWorkshop, workshop: Workshop, letters: bool
) -> Outcome:
    """A place at the end of the line; the workshop's row is held."""
    _put_last(place, open_workshop, workshop)
    if not written(place):
        return _existing(place)
    issue(place, workshop.list_version)
    position = places.position(place.enrolment)
    if letters:
        emails.waiting(place, position or 1)
    db.session.flush()
    return Outcome(place, created=True, position=position)


def _put_last(place: TicketedEnrolment, open_workshop: OpenWorkshop, workshop: Workshop) -> None:
    """The draft as the last of the line, under a new version of the list."""
    if open_workshop.window is None or not open_workshop.window.waiting_list:
        raise refusals.full(workshop.free, place.enrolment.seats)
    workshop.list_version += 1
    place.enrolment.state = EnrolmentState.WAITLISTED
    place.enrolment.line_number = workshop.list_version


def _existing(place: TicketedEnrolment) -> Outcome:
    existing = places.live_place(place.event.id, place.person.id)
    if existing is None:
        raise refusals.AlreadyCancelled
    return _as_it_is(existing)
