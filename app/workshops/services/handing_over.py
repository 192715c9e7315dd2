"""Handing a place over to somebody else, until the event begins."""

from __future__ import annotations

from app.core import audit, clock
from app.core.database import db
from app.core.folding import fold, fold_email
from app.events import rules as event_rules
from app.events.services import scheduling as events
from app.mailings import services as mailings
from app.mailings.rules.states import About
from app.people import services as people
from app.tickets.rules.states import TicketState
from app.workshops import emails, refusals
from app.workshops.queries import places
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import arriving, links, seats
from app.workshops.services.drafting import Wish, drafted, issue, written


def hand_over(enrolment_id: int, name: str, mail: str, *, by_team: bool = False) -> int:
    """Let somebody else have the place, with a ticket of their own; the new place's number.

    The seats stay taken throughout. The old code is refused from now on and the old link opens
    nothing; wishes, goals, answers and who came stay where they were. `by_team`
    tells the letters who did it.
    """
    workshop, place = seats.locked_live(enrolment_id)
    _refuse_unless_possible(place)
    if (fold_email(mail), fold(name)) == (place.person.email, place.person.name_folded):
        raise refusals.HandedToOneself
    language = place.enrolment.language
    person = people.person_for(mail, name, language)
    if places.live_place(place.event.id, person.id) is not None:
        raise refusals.EnrolledAlready
    place.enrolment.state = EnrolmentState.CANCELLED
    place.enrolment.cancelled_at = clock.now()
    place.ticket.state = TicketState.CANCELLED
    mailings.let_go(About.ENROLMENT, [enrolment_id])
    db.session.flush()
    wish = Wish(name, mail, place.enrolment.seats, language)
    new = drafted(place.event, person, wish, events.signer(place.event.id))
    if not written(new):
        raise refusals.EnrolledAlready
    seats.relist(workshop, place.ticket)
    db.session.flush()
    issue(new, workshop.list_version)
    place.enrolment.handed_to_id = new.enrolment.id
    links.close_link(place.enrolment)
    audit.record("enrolment", enrolment_id, WorkshopVerb.HANDED_OVER, to=new.enrolment.id)
    audit.record("enrolment", new.enrolment.id, WorkshopVerb.TAKEN_OVER, of=enrolment_id)
    emails.handed_over(place, name, by_team=by_team)
    emails.taken_over(new, place.person.name, by_team=by_team)
    db.session.flush()
    return new.enrolment.id


def _refuse_unless_possible(place: TicketedEnrolment) -> None:
    if place.event.state not in event_rules.RUNNING:
        raise refusals.EventNotOpen
    if clock.now() >= place.event.starts_at:
        raise refusals.TooLateToHandOver
    if place.enrolment.state != EnrolmentState.CONFIRMED:
        raise refusals.WaitsStill
    came = arriving.who_came(place)
    if came is not None:
        raise refusals.OtherPersonCame(**arriving.told(came))
