"""Two persons turn out to be one: their places become that one's."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from app.core import audit
from app.core.database import db
from app.people.models import Person
from app.tickets import services as tickets
from app.workshops import refusals
from app.workshops.models import Enrolment
from app.workshops.queries import places
from app.workshops.queries.doubles import double_places
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.services import leaving, seats
from app.workshops.services.drafting import found_by


def hold_lists(person_ids: tuple[int, int]) -> None:
    """Hold the list of every event at which one of them has a place, in order of number."""
    theirs = select(Enrolment.event_id).where(Enrolment.person_id.in_(person_ids))
    for event_id in sorted(set(db.session.scalars(theirs))):
        seats.locked(event_id)


def places_of(persons: Iterable[Person]) -> list[int]:
    """The places of these persons, by event."""
    theirs = Enrolment.person_id.in_([person.id for person in persons])
    ordered = select(Enrolment.id).where(theirs).order_by(Enrolment.event_id, Enrolment.id)
    return list(db.session.scalars(ordered))


def follow_person(gone: Person, stays: Person) -> None:
    """Give one person the places of another, each once at an event; the lists are held.

    Where both have a place, the one that somebody came with stays, else the confirmed, else the
    older; the other is cancelled without a letter. Both came in: then they are two.
    """
    for double in double_places(gone.id, stays.id):
        if double.both_came:
            raise refusals.BothCameIn(title=double.title)
        leaving.cancel(double.goes.enrolment.id, late=True, letters=False)
        audit.record("enrolment", double.goes.enrolment.id, WorkshopVerb.DOUBLE_CANCELLED)
    moved = select(Enrolment.id).where(Enrolment.person_id == gone.id).order_by(Enrolment.event_id)
    for enrolment_id in db.session.scalars(moved).all():
        places.place(enrolment_id).enrolment.person_id = stays.id
    tickets.pass_on_printed(gone.id, stays.id)
    db.session.flush()


def write_anew(person: Person) -> None:
    """A person's lists by the name and address they have now; what is printed of it is old."""
    theirs = select(Enrolment.id).where(Enrolment.person_id == person.id)
    for enrolment_id in db.session.scalars(theirs.order_by(Enrolment.event_id)).all():
        workshop, place = seats.locked_place(enrolment_id)
        for column, words in found_by(person.name, person.email).items():
            setattr(place.enrolment, column, words)
        seats.relist(workshop, place.ticket)
    tickets.outdate_printed(person.id)
    db.session.flush()
