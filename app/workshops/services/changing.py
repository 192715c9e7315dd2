"""Changing an enrolment: its name, seats, wishes, goals and ticket."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import delete

from app.core import audit, clock
from app.core.database import db
from app.core.tokens import random_id
from app.events.services import scheduling as events
from app.tickets.rules.states import TicketState
from app.workshops import emails, refusals
from app.workshops.models import Goal, Workshop
from app.workshops.queries import places
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules import goals as goal_rules
from app.workshops.rules import places as rules
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.rules.places import EnrolmentState
from app.workshops.rules.questions import GivenAnswers
from app.workshops.services import arriving, correcting, seats
from app.workshops.services.arriving import TeamsWord
from app.workshops.services.drafting import new_ticket
from app.workshops.services.questions import keep_answers


@dataclass(frozen=True)
class Change:
    """How the enrolment shall stand afterwards, all of it."""

    name: str
    seats: int
    interpreter: str = ""
    access: str = ""
    food: str = ""
    organisation: str = ""
    answers: GivenAnswers | None = None
    # That quite another name is still the same person's.
    still_me: bool = False


def change(enrolment_id: int, change: Change, team: TeamsWord | None = None) -> TicketedEnrolment:
    """Take over what is wanted, or refuse and leave everything as it was.

    A name is another spelling of the same person's; one that reads as somebody else's is asked
    about (AnotherName), for a place goes to somebody else by being handed over.

    With the `team`'s word it is the team that does it: after the event too, and with a reason also
    what who came does not fit any more.
    """
    correcting.hold_all(enrolment_id)
    workshop, place = seats.locked_live(enrolment_id)
    if team is None and clock.now() >= place.event.ends_at:
        raise refusals.EnrolmentOver
    enrolment, other = place.enrolment, correcting.is_another(place, change.name)
    came = arriving.who_came(place)
    undone = arriving.refuse_to_undo(came, change.seats, team, handed_over=other)
    if other and undone:
        correcting.book_for(place, change.name)
    elif other and not change.still_me:
        raise refusals.AnotherName(name=place.person.name)
    else:
        correcting.correct_name(place, change.name)
    _resize(workshop, place, change.seats)
    enrolment.interpreter = change.interpreter
    enrolment.access = change.access
    enrolment.food = change.food
    enrolment.organisation = change.organisation
    if change.answers is not None:
        keep_answers(enrolment.id, change.answers.version_id, change.answers.answers)
    seats.relist(workshop, place.ticket)
    if undone and came and team:
        told = {"seats": change.seats, "came": came.number, "why": team.why}
        audit.record("enrolment", enrolment.id, WorkshopVerb.CHANGED_AFTER_ENTRY, **told)
    else:
        audit.record("enrolment", enrolment.id, WorkshopVerb.CHANGED, seats=change.seats)
    db.session.flush()
    seats.move_up(workshop, place.event)
    return places.place(enrolment_id)


def held(enrolment_id: int) -> TicketedEnrolment:
    """A place as it stands; nobody else changes what its holder's lists say until the end."""
    correcting.hold_all(enrolment_id)
    return seats.locked_place(enrolment_id)[1]


def reissue(enrolment_id: int) -> TicketedEnrolment:
    """A new ticket in place of the old one, which no door takes from now on."""
    workshop, place = seats.locked_live(enrolment_id)
    place.ticket.state = TicketState.REPLACED
    db.session.flush()
    ticket = new_ticket(place.enrolment, random_id(), events.signer(place.event.id))
    seats.relist(workshop, place.ticket, ticket)
    db.session.add(ticket)
    renewed = TicketedEnrolment(place.enrolment, ticket, place.person, place.event)
    emails.reissued(renewed)
    audit.record("enrolment", enrolment_id, WorkshopVerb.REISSUED)
    db.session.flush()
    return renewed


def set_goals(enrolment_id: int, texts: Sequence[str], show_again: bool) -> None:
    """Write down one to three goals, and whether they may be shown again in the follow-up."""
    if not goal_rules.acceptable(texts):
        raise refusals.GoalsNotAcceptable
    _workshop, place = seats.locked_live(enrolment_id)
    if place.enrolment.state != EnrolmentState.CONFIRMED:
        raise refusals.NotConfirmed
    db.session.execute(delete(Goal).where(Goal.enrolment_id == enrolment_id))
    for number, text in enumerate(goal_rules.cleaned(texts), start=1):
        db.session.add(Goal(enrolment_id=enrolment_id, number=number, text=text))
    place.enrolment.show_goals = show_again
    audit.record("enrolment", enrolment_id, WorkshopVerb.GOALS_SET)
    db.session.flush()


def _resize(workshop: Workshop, place: TicketedEnrolment, seats: int) -> None:
    more = seats - place.enrolment.seats
    if not rules.fits(seats, workshop.capacity):
        raise refusals.MoreThanCapacity(capacity=workshop.capacity, seats=seats)
    if place.enrolment.state == EnrolmentState.CONFIRMED:
        if not rules.fits(more, workshop.free):
            raise refusals.SeatsNotFree(free=workshop.free, more=more)
        workshop.taken += more
    place.enrolment.seats = seats
