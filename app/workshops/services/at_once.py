"""A free seat for somebody who was never met before, which most who enrol are: one statement."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlalchemy import exists, select, true

from app.core.database import db
from app.core.outbox import NEW_LETTER
from app.core.prepared import POSTGRESQL, Prepared
from app.people import services as people
from app.people.models import Person, columns_of_person
from app.people.services import NEW_PERSON
from app.workshops import emails
from app.workshops.queries.places import OpenWorkshop, TicketedEnrolment
from app.workshops.rules.places import fits
from app.workshops.services.drafting import NEW_ENROLMENT, NEW_TICKET, Wish, drafted, signer
from app.workshops.services.drafting import columns as columns_of
from app.workshops.services.seats import TAKING

# What is empty in new rows is not sent: the driver keeps a statement of at most fifty values.
OF_PERSON = "retention_hold", "erased_at"
OF_ENROLMENT = "answer_set_id", "show_goals", "line_number", "cancelled_at", "handed_to_id"
OF_LETTER = (
    "leased_until",
    "sent_at",
    "failing_since",
    "failed_stage",
    "failed_code",
    "last_error",
    "accepted_by",
    "accepted_at",
    "sent_again_at",
)
OF_TICKET = ("short_hash",)


def _write(_dialect: str) -> Any:
    """Person, seat, enrolment, letter and ticket, each only where those before it were written.

    Where the person was met before, or no seat is free, nothing that follows is written.
    """
    person = NEW_PERSON.of_values(*OF_PERSON).cte("person")
    seat = TAKING.where(exists(select(person.c.id))).cte("seat")
    both, known = person.join(seat, true()), {"person_id": person.c.id}
    rows = (
        NEW_ENROLMENT.of_query(both, known, *OF_ENROLMENT).cte("enrolment"),
        NEW_LETTER.of_query(both, known, *OF_LETTER).cte("letter"),
        NEW_TICKET.of_query(both, {"list_version": seat.c.list_version}, *OF_TICKET).cte("ticket"),
    )
    person_id = select(person.c.id).scalar_subquery().label("person_id")
    version = select(seat.c.list_version).scalar_subquery().label("list_version")
    return select(person_id, version).add_cte(*rows)


SEATING = Prepared(_write)


def may_be_seated(open_workshop: OpenWorkshop, wish: Wish) -> bool:
    """Whether it is worth the try: SQLite takes a statement for each table."""
    postgresql = db.engine.dialect.name == POSTGRESQL
    return postgresql and bool(wish.mail) and fits(wish.seats, open_workshop.workshop.free)


def seated(open_workshop: OpenWorkshop, wish: Wish) -> TicketedEnrolment | None:
    """The place, its letter written; None where they were met before, or the seat went meanwhile.

    An enrolment takes a tenth of its time less by this (bench/results.md).
    """
    columns = columns_of_person(wish.mail, wish.name, wish.language)
    place = drafted(open_workshop.event, Person(**columns), wish, signer(open_workshop))
    if db.session.autoflush:
        db.session.flush()
    (made,) = SEATING.rows(
        db.session.connection(),
        **NEW_PERSON.bound(**columns),
        **NEW_ENROLMENT.bound(**columns_of(place.enrolment)),
        **NEW_LETTER.bound(**emails.columns_of_ticket(place)),
        **NEW_TICKET.bound(**columns_of(place.ticket)),
        event=place.event.id,
        seats=wish.seats,
    )
    if made.list_version is None:
        return None
    person = people.met(made.person_id, columns)
    place.enrolment.person_id, place.ticket.list_version = person.id, made.list_version
    return replace(place, person=person)
