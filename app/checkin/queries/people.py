"""People found by name at the door, and all names for a phone that the lead has unlocked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, String, bindparam, literal, select, union

from app.checkin.models import Admission
from app.checkin.queries.tickets import state_of
from app.checkin.rules.verdicts import TicketState
from app.core.database import Id, db
from app.core.folding import printable, sort_key
from app.core.prepared import Prepared
from app.people.models import Person
from app.workshops.models import Enrolment, Ticket
from app.workshops.rules.places import TicketState as Issued

MOST = 20
LONGEST_QUERY = 100
# So many words of a query are tried as the one that leads along the index: the longest is met
# least often. All, up to so many, must fit.
LEADING = 2
FITTING = 6
# Beyond every letter in UTF-8: what begins with a word lies between the word and this after it.
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class Guest:
    """A ticket with what the staff at the door may see of its holder: no mail, no phone.

    `first_at` and `first_gate`: when and where it came in first, where it was asked.
    """

    name: str
    seats: int
    state: TicketState
    short: str
    code: str
    interpreter: str
    access: str
    first_at: datetime | None = None
    first_gate: str | None = None


def found_by_name(event_id: int, text: str) -> list[Guest]:
    """The first of those whose name has a word beginning with each word of the text.

    A few short walks along an index, each ended after a page: neither the size of this event nor
    of any other matters. Of a name of four words or more the first two and the last are found by
    themselves, the others beside one of these.
    """
    words = sort_key(printable(text[:LONGEST_QUERY])).split()
    if not words:
        return []
    for leading in sorted(set(words), key=len, reverse=True)[:LEADING]:
        rows = _SEARCH.rows_before(event_id=event_id, **_places(leading, words))
        # The search text ends with the mailbox, which nobody at the door may find anyone by.
        found = [one for one in _guests(rows) if _named(one.name, words)]
        if found:
            return found[:MOST]
    return []


def _places(leading: str, words: Sequence[str]) -> dict[str, object]:
    """Where the leading word's names lie, and how each word must fit."""
    fitting = [f"% {_plain(word)}%" for word in words[:FITTING]]
    fitting += ["%"] * (FITTING - len(fitting))
    fits = {f"fits_{place}": pattern for place, pattern in enumerate(fitting)}
    return {"first": leading, "beyond": leading + _LAST_LETTER, **fits}


def guests(event_id: int) -> list[Guest]:
    """Everyone with a ticket that was not replaced, by name."""
    statement = _GUESTS.where(Ticket.event_id == event_id)
    return _guests(db.session.execute(statement.order_by(Enrolment.search_text, Ticket.id)))


def _first(column: Any) -> Any:
    """When or where a ticket was admitted first."""
    return (
        select(column)
        .where(Admission.ticket_id == Ticket.id, Admission.event_id == Ticket.event_id)
        .order_by(Admission.at, Admission.scan_id)
        .limit(1)
        .scalar_subquery()
    )


_TOLD = (
    Person.name,
    Enrolment.seats,
    Ticket.state,
    Enrolment.state.label("place"),
    Ticket.short_code,
    Ticket.code,
    Enrolment.interpreter,
    Enrolment.access,
)


def _guests_with(*more: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(*_TOLD, *more)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Ticket.state != Issued.REPLACED)
    )


_GUESTS = _guests_with()


def _search(_dialect: str) -> Select[*tuple[Any, ...]]:
    """Enrolments by one word of the name; each of the words must stand in it."""
    spaced = literal(" ").concat(Enrolment.search_text)
    named = [spaced.like(bindparam(f"fits_{n}", type_=String), escape="/") for n in range(FITTING)]
    walks = [
        select(Enrolment.id)
        .where(
            Enrolment.event_id == bindparam("event_id", type_=Id),
            names >= bindparam("first", type_=String),
            names < bindparam("beyond", type_=String),
            *named,
        )
        .order_by(names)
        .limit(MOST)
        for names in (Enrolment.search_text, Enrolment.later_names, Enrolment.last_name)
    ]
    numbers = union(*[select(walk.subquery().c.id) for walk in walks]).subquery()
    firsts = (_first(Admission.at).label("first_at"), _first(Admission.gate).label("first_gate"))
    statement = _guests_with(*firsts).where(Enrolment.id.in_(select(numbers.c.id)))
    return statement.order_by(Enrolment.search_text, Ticket.id)


_SEARCH = Prepared(_search)


def _guests(rows: Iterable[Any]) -> list[Guest]:
    return [
        Guest(name, seats, state_of(issued, place), *rest)
        for name, seats, issued, place, *rest in rows
    ]


def _plain(word: str) -> str:
    """A word without what LIKE would take for a sign of its own."""
    return word.replace("/", "//").replace("%", "/%").replace("_", "/_")


def _named(name: str, words: Sequence[str]) -> bool:
    """Whether each word begins a word of the name."""
    folded = f" {sort_key(name)}"
    return all(f" {word}" in folded for word in words)
