"""Enrolling thousands at once, by the same rules, without letters."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import insert

from app.core.database import db
from app.core.secrets import wrapping_key
from app.core.signing import opened_private_key
from app.people import services as people
from app.workshops import refusals
from app.workshops.models import Enrolment, Ticket
from app.workshops.queries.places import Place, open_workshop
from app.workshops.rules import places
from app.workshops.rules.places import EnrolmentState, Waiting
from app.workshops.services import seats
from app.workshops.services.enrolling import Wish, columns, drafted, refuse_unless_open

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
    wanted = open_workshop(slug)
    refuse_unless_open(wanted)
    workshop = seats.locked(wanted.event.id)
    persons = people.meet_many([(one.mail, one.name) for one in wishes])
    sign = opened_private_key(wrapping_key(), wanted.sealed_private).sign
    made = [drafted(wanted, who, one, sign) for who, one in zip(persons, wishes, strict=True)]
    line = [Waiting(place.enrolment.id, place.enrolment.seats) for place in made]
    seated = places.moving_up(workshop.free, line)
    for place in made:
        seats.relist(workshop, place.ticket)
    waiting = _put_in_line(made, {one.enrolment_id for one in seated.moved})
    if waiting and (wanted.window is None or not wanted.window.waiting_list):
        raise refusals.Full
    workshop.taken += seated.seats
    db.session.flush()
    _insert(made)
    return [
        Issued(p.enrolment.id, p.ticket.id, p.ticket.code, p.ticket.short_code, wish.mail)
        for p, wish in zip(made, wishes, strict=True)
    ]


def _put_in_line(made: Sequence[Place], seated: set[int]) -> int:
    """Mark those without a seat as waiting, in their order; how many they are."""
    waiting = [place for place in made if place.enrolment.id not in seated]
    for place in waiting:
        place.enrolment.state = EnrolmentState.WAITLISTED
        place.enrolment.line_number = place.ticket.list_version
    return len(waiting)


def _insert(made: Sequence[Place]) -> None:
    empty = {"line_number": None}
    for start in range(0, len(made), BATCH):
        batch = made[start : start + BATCH]
        rows = [{**empty, **columns(place.enrolment)} for place in batch]
        db.session.execute(insert(Enrolment), rows)
        db.session.execute(insert(Ticket), [columns(place.ticket) for place in batch])
