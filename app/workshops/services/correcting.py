"""Correcting who holds a place: a name spelled wrongly, a mail address that reaches nobody."""

from __future__ import annotations

from sqlalchemy import select

from app.core import audit, clock, correspondence
from app.core.database import db
from app.core.folding import fold, fold_email
from app.core.mail_spelling import meant
from app.organisations import queries as organisations
from app.people import queries as people_queries
from app.people import services as people
from app.people.models import Person
from app.people.refusals import PersonKnown
from app.people.rules import spelled_alike
from app.tickets.services import outdate_printed
from app.workshops import emails, refusals
from app.workshops.models import Enrolment
from app.workshops.queries import places
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.services import links, seats
from app.workshops.services.drafting import found_by


def hold_all(enrolment_id: int) -> None:
    """Hold the lists of every event at which the holder of a place has one, in order of number."""
    holder = select(Enrolment.person_id).where(Enrolment.id == enrolment_id).scalar_subquery()
    theirs = select(Enrolment.event_id).where(Enrolment.person_id == holder)
    for event_id in sorted(set(db.session.scalars(theirs))):
        seats.locked(event_id)


def is_another(place: TicketedEnrolment, name: str) -> bool:
    """Whether a name is more than another spelling of the holder's."""
    same = fold(name) == place.person.name_folded
    return not same and not spelled_alike(place.person.name, name)


def correct_name(place: TicketedEnrolment, name: str) -> None:
    """Another spelling: the person stays, at each of their places; all these lists are held."""
    person = place.person
    if name.strip() == person.name:
        return
    try:
        _correct(place, name=name)
    except PersonKnown:
        _move(place, _known(person.email or "", fold(name)))
    outdate_printed(person.id)


def book_for(place: TicketedEnrolment, name: str) -> None:
    """It was somebody else of the same address who came: so the team says, with its reason."""
    email, language = place.person.email, place.enrolment.language
    _move(
        place,
        people.person_for(email, name, language)
        if email
        else people.create_person_without_email(name, language),
    )


def correct_mail(enrolment_id: int, mail: str, *, by_team: bool = False) -> TicketedEnrolment:
    """Send what a place is about to another address from now on, with the ticket at once.

    The person stays the same. Whoever has no more than the link of one place moves that place
    alone: not the right to act for an association, nor other places, that the person also has.
    What went to the earlier address opens nothing any more.
    """
    hold_all(enrolment_id)
    workshop, place = seats.locked_live(enrolment_id)
    if not by_team and clock.now() >= place.event.ends_at:
        raise refusals.EnrolmentOver
    person, before, box = place.person, place.person.email, fold_email(mail)
    if box != before:
        if by_team or not _has_more(place):
            _correct_or_move(place, box)
        else:
            _move(place, people.person_for(box, person.name, place.enrolment.language))
        links.replace_link(place.enrolment)
        seats.relist(workshop, place.ticket)
        audit.record("enrolment", enrolment_id, WorkshopVerb.MAIL_CORRECTED)
        db.session.flush()
        if before and not meant(before) and not correspondence.was_refused(before):
            emails.goes_elsewhere(place, before)
    corrected = places.place(enrolment_id)
    emails.again(corrected, places.position(corrected.enrolment))
    return corrected


def _correct_or_move(place: TicketedEnrolment, box: str) -> None:
    try:
        _correct(place, email=box)
    except PersonKnown:
        _move(place, _known(box, place.person.name_folded))


def _correct(
    place: TicketedEnrolment, *, email: str | None = None, name: str | None = None
) -> None:
    """In place, and on every other list where the person stands; the caller sees to this one."""
    person = people.correct(place.person.id, email=email, name=name)
    _index(place, person)
    others = select(Enrolment.id).where(
        Enrolment.person_id == person.id, Enrolment.id != place.enrolment.id
    )
    elsewhere = db.session.scalars(others.order_by(Enrolment.event_id, Enrolment.id)).all()
    for enrolment_id in elsewhere:
        workshop, other = seats.locked_place(enrolment_id)
        _index(other, person)
        seats.relist(workshop, other.ticket)
    if email is not None:
        links.send_new_links(elsewhere)


def _index(place: TicketedEnrolment, person: Person) -> None:
    for column, words in found_by(person.name, person.email).items():
        setattr(place.enrolment, column, words)


def _known(email: str, name_folded: str | None) -> Person:
    """Who has that address and name: by what a person is, the same one."""
    known = people_queries.person_known_as(email, name_folded)
    if known is None:
        raise refusals.NameEnrolledAlready
    return known


def _move(place: TicketedEnrolment, person: Person) -> None:
    if places.live_place(place.event.id, person.id) is not None:
        raise refusals.NameEnrolledAlready
    place.enrolment.person_id = person.id
    _index(place, person)


def _has_more(place: TicketedEnrolment) -> bool:
    others = select(Enrolment.id).where(
        Enrolment.person_id == place.person.id, Enrolment.id != place.enrolment.id
    )
    if db.session.scalar(others.limit(1)) is not None:
        return True
    return organisations.has_ties(place.person.id)
