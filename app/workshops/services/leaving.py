"""Giving up a place, and being forgotten."""

from __future__ import annotations

from sqlalchemy import delete, select, update

from app.core import audit, clock
from app.core.database import db
from app.mailings import services as mailings
from app.mailings.rules.states import About
from app.people.models import Person
from app.tickets.rules.states import TicketState
from app.workshops import emails
from app.workshops.models import Enrolment, Goal, ReplacedLink, Workshop
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.refusals import TooLateToCancel
from app.workshops.rules import places
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import arriving, seats
from app.workshops.services.arriving import TeamsWord
from app.workshops.services.drafting import found_by
from app.workshops.services.questions import forget_answers


def cancel(enrolment_id: int, *, late: bool = False, letters: bool = True) -> TicketedEnrolment:
    """Give up a place; the oldest waiting who fits moves up in the same transaction.

    Again is no error. After the event only those may who correct the list: `late`. Nobody may once
    somebody came in with it, unless all that is taken back at the door.
    """
    workshop, place = seats.locked_place(enrolment_id)
    if place.enrolment.state == EnrolmentState.CANCELLED:
        return place
    open_still = places.may_cancel(place.enrolment.state, place.event.ends_at, clock.now())
    if not (late or open_still):
        raise TooLateToCancel
    arriving.refuse_to_leave(arriving.who_came(place), None)
    _give_up(workshop, place)
    audit.record("enrolment", place.enrolment.id, WorkshopVerb.CANCELLED)
    if letters:
        emails.cancelled(place)
    seats.move_up(workshop, place.event)
    return place


def cancel_by_team(enrolment_id: int, why: str) -> TicketedEnrolment:
    """The team cancels a place and says why, in the letter and in the trail.

    Who came stays who came, and then nobody moves up by itself: the seat may well be sat on.
    """
    workshop, place = seats.locked_place(enrolment_id)
    if place.enrolment.state == EnrolmentState.CANCELLED:
        return place
    came = arriving.who_came(place)
    arriving.refuse_to_leave(came, TeamsWord(why))
    _give_up(workshop, place)
    told = {"why": why} | ({"came": came.number} if came else {})
    audit.record("enrolment", place.enrolment.id, WorkshopVerb.CANCELLED_BY_TEAM, **told)
    emails.cancelled_by_team(place, why)
    if came is None:
        seats.move_up(workshop, place.event)
    return place


def forget(person: Person) -> None:
    """Empty what a person wrote and cut their links; a coming place goes to the next in line."""
    numbers = select(Enrolment.id).where(Enrolment.person_id == person.id)
    for enrolment_id in db.session.scalars(numbers.order_by(Enrolment.event_id)).all():
        _forget_place(*seats.locked_place(enrolment_id))
    audit.drop_fact("enrolment", numbers, "why")
    theirs = Goal.enrolment_id.in_(numbers)
    db.session.execute(update(Goal).where(theirs).values(text=""))
    replaced = ReplacedLink.enrolment_id.in_(numbers)
    db.session.execute(delete(ReplacedLink).where(replaced))
    db.session.flush()


def _forget_place(workshop: Workshop, place: TicketedEnrolment) -> None:
    enrolment = place.enrolment
    enrolment.interpreter = enrolment.access = enrolment.food = ""
    enrolment.organisation = ""
    for name, nothing in found_by("").items():
        setattr(enrolment, name, nothing)
    enrolment.link_hash = None
    forget_answers(enrolment)
    seats.relist(workshop, place.ticket)
    coming = places.may_cancel(enrolment.state, place.event.ends_at, clock.now())
    if coming and arriving.who_came(place) is None:
        _give_up(workshop, place)
        audit.record("enrolment", enrolment.id, WorkshopVerb.CANCELLED)
        seats.move_up(workshop, place.event)


def _give_up(workshop: Workshop, place: TicketedEnrolment) -> None:
    enrolment = place.enrolment
    workshop.taken -= places.seats_freed(enrolment.state, enrolment.seats)
    enrolment.state = EnrolmentState.CANCELLED
    enrolment.cancelled_at = clock.now()
    place.ticket.state = TicketState.CANCELLED
    seats.relist(workshop, place.ticket)
    mailings.let_go(About.ENROLMENT, [enrolment.id])
    db.session.flush()
