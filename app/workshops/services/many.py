"""Enrolling thousands at once, by the same rules, without letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert

from app.core.database import db
from app.core.secrets import wrapping_key
from app.core.signing import opened_private_key
from app.people import services as people
from app.tickets.models import Ticket
from app.workshops import refusals
from app.workshops.models import Enrolment
from app.workshops.queries.places import TicketedEnrolment, open_workshop
from app.workshops.rules import places
from app.workshops.rules.places import EnrolmentState, WaitingEnrolment
from app.workshops.services import seats
from app.workshops.services.drafting import Wish, columns, drafted
from app.workshops.services.enrolling import refuse_unless_open

BATCH = 2000


@dataclass(frozen=True)
class Issued:
    """One new ticket as `seed` prints it."""

    enrolment_id: int
    ticket_id: int
    code: str
    short_code: str
    mail: str


def enrol_many(slug: str, wishes: Sequence[Wish]) -> list[Issued]:
    """Enrol people who are not yet enrolled, in their order; who does not fit waits in line."""
    opened = open_workshop(slug)
    refuse_unless_open(opened)
    workshop = seats.locked(opened.event.id)
    persons = people.get_or_create_people([(wish.mail, wish.name) for wish in wishes])
    sign = opened_private_key(wrapping_key(), opened.sealed_private).sign
    made = [
        drafted(opened.event, who, wish, sign) for who, wish in zip(persons, wishes, strict=True)
    ]
    line = [WaitingEnrolment(place.enrolment.id, place.enrolment.seats) for place in made]
    seated = places.moving_up(workshop.free, line)
    for place in made:
        seats.relist(workshop, place.ticket)
    waiting = _put_in_line(made, {waiting.enrolment_id for waiting in seated.moved})
    if waiting and (opened.window is None or not opened.window.waiting_list):
        raise refusals.Full
    workshop.taken += seated.seats
    db.session.flush()
    _insert(made)
    return [
        Issued(p.enrolment.id, p.ticket.id, p.ticket.code, p.ticket.short_code, wish.mail)
        for p, wish in zip(made, wishes, strict=True)
    ]


def _put_in_line(made: Sequence[TicketedEnrolment], seated: set[int]) -> int:
    """Mark those without a seat as waiting, in their order; how many they are."""
    waiting = [place for place in made if place.enrolment.id not in seated]
    for place in waiting:
        place.enrolment.state = EnrolmentState.WAITLISTED
        place.enrolment.line_number = place.ticket.list_version
    return len(waiting)


def _insert(made: Sequence[TicketedEnrolment]) -> None:
    empty = {"line_number": None}
    for start in range(0, len(made), BATCH):
        batch = made[start : start + BATCH]
        rows = [{**empty, **columns(place.enrolment)} for place in batch]
        db.session.execute(insert(Enrolment), rows)
        db.session.execute(insert(Ticket), [columns(place.ticket) for place in batch])
