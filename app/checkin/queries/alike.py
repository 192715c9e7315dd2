"""Who is on an event's list already under that address, or nearly that name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, select, union

from app.checkin.queries.people import first_entry
from app.core.database import db
from app.core.folding import fold_email, leading_words
from app.people.models import Person
from app.people.rules import spelled_alike
from app.tickets.models import Ticket
from app.tickets.rules.states import TicketState
from app.workshops.models import NAME_PARTS, Admission, Enrolment
from app.workshops.rules.places import LIVE_STATES, EnrolmentState

MOST = 5
# Of so many words of a name so many letters must stand as they are; a slip seldom falls into the
# first letters of each of them.
WORDS, LETTERS = 4, 3
# What a walk along the names meets at most, and what comes after every word that begins so.
MET = 200
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Alike:
    """Somebody on the list; `first_at` and `first_gate`: when and where they came in, if they did.

    `mail` is the address: for the team, never for a phone.
    """

    name: str
    mail: str
    seats: int
    place: EnrolmentState
    first_at: datetime | None
    first_gate: str | None


def alike(event_id: int, name: str, mail: str) -> list[Alike]:
    """Those with a place or in the line who may be the same person: by address, then by name.

    A few short walks along the indexes, however many are on the list.
    """
    mailbox = fold_email(mail)
    walks = [*_walks(event_id, name), *([_of_mailbox(event_id, mailbox)] if mailbox else [])]
    if not walks:
        return []
    numbers = union(*[select(walk.subquery().c.id) for walk in walks]).subquery()
    rows = db.session.execute(_ON_LIST.where(Enrolment.id.in_(select(numbers.c.id))))
    people = [Alike(row.name, row.email or "", *row[2:]) for row in rows]
    of_mailbox = [one for one in people if mailbox and one.mail == mailbox]
    named = [one for one in people if one not in of_mailbox and spelled_alike(one.name, name)]
    return [*of_mailbox, *named][:MOST]


def _walks(event_id: int, name: str) -> Iterator[Select[int]]:
    """Along each index of names, for each word of the name."""
    for word in leading_words(name, WORDS):
        start = word[:LETTERS]
        for part in NAME_PARTS:
            names: Any = getattr(Enrolment, part)
            begins = (names >= start, names < start + _LAST_LETTER)
            walk = select(Enrolment.id).where(Enrolment.event_id == event_id, *begins)
            yield walk.order_by(names).limit(MET)


def _of_mailbox(event_id: int, mailbox: str) -> Select[int]:
    return (
        select(Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Person.email == mailbox, Enrolment.event_id == event_id)
    )


_ON_LIST = (
    select(
        Person.name,
        Person.email,
        Enrolment.seats,
        Enrolment.state,
        first_entry(Admission.at).label("first_at"),
        first_entry(Admission.gate).label("first_gate"),
    )
    .join(Enrolment, Enrolment.person_id == Person.id)
    .join(Ticket, Ticket.enrolment_id == Enrolment.id)
    .where(Ticket.state == TicketState.LIVE, Enrolment.state.in_(LIVE_STATES))
    .order_by(Enrolment.sort_text, Ticket.id)
)
