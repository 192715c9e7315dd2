"""People found by name at the door, and all names for a phone that the lead has unlocked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Select, literal, select, union

from app.checkin.models import Admission
from app.checkin.queries.tickets import state_of
from app.checkin.rules.verdicts import TicketState
from app.core.database import db
from app.core.folding import printable, sort_key
from app.people.models import Person
from app.workshops.models import Enrolment, Ticket
from app.workshops.rules.places import TicketState as Issued

MOST = 20
LONGEST_QUERY = 100
# Beyond every letter in UTF-8: what begins with a word lies between the word and this after it.
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Guest:
    """A ticket with what the staff at the door may see of its holder: no mail, no phone."""

    ticket_id: int
    name: str
    seats: int
    state: TicketState
    short: str
    code: str
    interpreter: str
    access: str


class Arrival(NamedTuple):
    """When and where a ticket came in first."""

    at: datetime
    gate: str


def found_by_name(event_id: int, text: str) -> list[Guest]:
    """The first of those whose name has a word beginning with each word of the text.

    A few short walks along an index, each ended after a page: neither the size of this event nor
    of any other matters. Of a name of four words or more the first two and the last are found by
    themselves, the others beside one of these.
    """
    words = sort_key(printable(text[:LONGEST_QUERY])).split()
    if not words:
        return []
    statement = _GUESTS.where(Enrolment.id.in_(_numbers(event_id, words)), _NOT_REPLACED)
    guests = _guests(statement.order_by(Enrolment.search_text, Ticket.id))
    # The search text ends with the mailbox, which nobody at the door may find anyone by.
    return [one for one in guests if _named(one.name, words)][:MOST]


def guests(event_id: int) -> list[Guest]:
    """Everyone with a ticket that was not replaced, by name."""
    statement = _GUESTS.where(Ticket.event_id == event_id, _NOT_REPLACED)
    return _guests(statement.order_by(Enrolment.search_text, Ticket.id))


def first_arrivals(event_id: int, ticket_ids: Collection[int]) -> dict[int, Arrival]:
    """The first admission of each of these tickets that came."""
    statement = (
        select(Admission.ticket_id, Admission.at, Admission.gate)
        .where(Admission.ticket_id.in_(ticket_ids), Admission.event_id == event_id)
        .order_by(Admission.at.desc(), Admission.scan_id.desc())
    )
    return {ticket: Arrival(at, gate) for ticket, at, gate in db.session.execute(statement)}


_NOT_REPLACED = Ticket.state != Issued.REPLACED
_GUESTS: Select[*tuple[Any, ...]] = (
    select(
        Ticket.id,
        Person.name,
        Enrolment.seats,
        Ticket.state,
        Enrolment.state.label("place"),
        Ticket.short_code,
        Ticket.code,
        Enrolment.interpreter,
        Enrolment.access,
    )
    .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
    .join(Person, Person.id == Enrolment.person_id)
)


def _numbers(event_id: int, words: Sequence[str]) -> Select[int]:
    """Enrolments by the two longest words; each of the words must stand in the name."""
    spaced = literal(" ").concat(Enrolment.search_text)
    named = [spaced.contains(f" {word}", autoescape=True) for word in words]
    walks = [
        select(Enrolment.id)
        .where(Enrolment.event_id == event_id, names >= word, names < word + _LAST_LETTER, *named)
        .order_by(names)
        .limit(MOST)
        for word in sorted(set(words), key=len)[-2:]
        for names in (Enrolment.search_text, Enrolment.later_names, Enrolment.last_name)
    ]
    return select(union(*[select(walk.subquery().c.id) for walk in walks]).subquery().c.id)


def _guests(statement: Select[*tuple[Any, ...]]) -> list[Guest]:
    return [
        Guest(number, name, seats, state_of(issued, place), *rest)
        for number, name, seats, issued, place, *rest in db.session.execute(statement)
    ]


def _named(name: str, words: Sequence[str]) -> bool:
    """Whether each word begins a word of the name."""
    folded = f" {sort_key(name)}"
    return all(f" {word}" in folded for word in words)
