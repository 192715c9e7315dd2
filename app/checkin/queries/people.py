"""People found by name at the door, and all names for a phone that the lead has unlocked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import reduce
from operator import add
from typing import Any

from sqlalchemy import Select, String, bindparam, case, func, literal, select, union

from app.checkin.queries.tickets import state_of
from app.checkin.rules.verdicts import CodeState
from app.core.database import Id, db
from app.core.folding import asked_words, is_named, is_named_so, printable
from app.core.prepared import Prepared
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules.states import TicketState as Issued
from app.workshops.models import NAME_PARTS, Admission, Enrolment, NamePart
from app.workshops.rules.arrivals import EPOCHS_A_DAY

MOST = 20
LONGEST_QUERY = 100
# All words of a query, up to so many, must fit.
FITTING = 6
# Names are counted so far to tell which of two words is the rarer one.
COUNTED = 200
# Beyond every letter in UTF-8: what begins with a word lies between the word and this after it.
_LAST_LETTER = "\U0010ffff"


@dataclass(frozen=True, slots=True)
class FoundHolder:
    """A ticket with what the staff at the door may see of its holder: no mail, no phone.

    `first_at` and `first_gate`: when and where it came in first, `came`: how many have come with
    it; where these were asked.
    """

    name: str
    seats: int
    state: CodeState
    short: str
    code: str
    interpreter: str
    access: str
    first_at: datetime | None = None
    first_gate: str | None = None
    came: int | None = None


def found_by_name(event_id: int, text: str) -> list[FoundHolder]:
    """The first of those whose name has a part beginning with each word of the text.

    A few short walks along an index, each ended after a page: neither the size of this event nor
    of any other matters. Of a name with more than six parts the first five and the last are
    found by themselves, the others beside one of these. Whoever is called as was typed comes first.
    """
    asked = printable(text[:LONGEST_QUERY])
    words = asked_words(asked)
    if not words:
        return []
    leading = words[0] if len(words) == 1 else _rarer(event_id, words)
    if leading is None:
        return []
    leading = leading[: NamePart.length]
    places = {"first": leading, "beyond": leading + _LAST_LETTER, **_fitting(words)}
    # The search text ends with the address, which nobody at the door may find anyone by.
    found = _holders(_SEARCH.rows_before(event_id=event_id, **places))
    named = [holder for holder in found if is_named(holder.name, asked)]
    return sorted(named, key=lambda holder: not is_named_so(holder.name, asked))[:MOST]


def _rarer(event_id: int, words: Sequence[str]) -> str | None:
    """Of the two longest words the one that fewer names have, but some."""
    two = sorted(words, key=len)[-2:]
    places = {f"first_{n}": word[: NamePart.length] for n, word in enumerate(two)}
    places |= {f"beyond_{n}": word[: NamePart.length] + _LAST_LETTER for n, word in enumerate(two)}
    (counts,) = _COUNTS.rows_before(event_id=event_id, **places)
    met = [(count, word) for count, word in zip(counts, two, strict=True) if count]
    return min(met)[1] if met else None


def _fitting(words: Sequence[str]) -> dict[str, str]:
    """How each word must stand in the name."""
    patterns = [f"% {_plain(word)}%" for word in words[:FITTING]]
    patterns += ["%"] * (FITTING - len(patterns))
    return {f"fits_{place}": pattern for place, pattern in enumerate(patterns)}


def holders(event_id: int) -> list[FoundHolder]:
    """Everyone with a ticket that was not replaced, by name."""
    statement = _GUESTS.where(Ticket.event_id == event_id)
    return _holders(db.session.execute(statement.order_by(Enrolment.sort_text, Ticket.id)))


def first_entry(column: Any) -> Any:
    """When or where a ticket was admitted first."""
    return (
        select(column)
        .where(Admission.ticket_id == Ticket.id, Admission.event_id == Ticket.event_id)
        .order_by(Admission.at, Admission.scan_id)
        .limit(1)
        .scalar_subquery()
    )


def _came() -> Any:
    """How many came with a ticket: of several sessions or days the fullest counts."""
    admitted, booked = func.sum(Admission.admits), func.max(Admission.seats)
    number = case((admitted < booked, admitted), else_=booked)
    return (
        select(number)
        .where(Admission.ticket_id == Ticket.id, Admission.event_id == Ticket.event_id)
        .group_by(Admission.session_id, Admission.epoch // EPOCHS_A_DAY)
        .order_by(number.desc())
        .limit(1)
        .scalar_subquery()
        .label("came")
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


_NAMES = tuple(getattr(Enrolment, part) for part in NAME_PARTS)


def _led(found: Any, names: Any, first: str, beyond: str) -> Select[Any]:
    """Those of the event whose names begin between two words, along the index of these names."""
    return (
        select(found)
        .where(
            Enrolment.event_id == bindparam("event_id", type_=Id),
            names >= bindparam(first, type_=String),
            names < bindparam(beyond, type_=String),
        )
        .order_by(names)
    )


def _search(_dialect: str) -> Select[*tuple[Any, ...]]:
    """Enrolments by one word of the name; each of the words must stand in it."""
    spaced = literal(" ").concat(Enrolment.search_text)
    named = [spaced.like(bindparam(f"fits_{n}", type_=String), escape="/") for n in range(FITTING)]
    walks = [_led(Enrolment.id, names, "first", "beyond") for names in _NAMES]
    found = [walk.where(*named).limit(MOST).subquery() for walk in walks]
    numbers = union(*[select(one.c.id) for one in found]).subquery()
    firsts = (
        first_entry(Admission.at).label("first_at"),
        first_entry(Admission.gate).label("first_gate"),
    )
    statement = _guests_with(*firsts, _came()).where(Enrolment.id.in_(select(numbers.c.id)))
    return statement.order_by(Enrolment.sort_text, Ticket.id)


def _counts(_dialect: str) -> Select[int, int]:
    """How many names have a word, for two words, each counted along the indexes alone."""

    def met(place: int) -> Any:
        walks = [_led(names, names, f"first_{place}", f"beyond_{place}") for names in _NAMES]
        counts = [
            select(func.count()).select_from(walk.limit(COUNTED).subquery()).scalar_subquery()
            for walk in walks
        ]
        return reduce(add, counts).label(f"met_{place}")

    return select(met(0), met(1))


_SEARCH = Prepared(_search)
_COUNTS = Prepared(_counts)


def _holders(rows: Iterable[Any]) -> list[FoundHolder]:
    return [
        FoundHolder(name, seats, state_of(issued, place), *rest)
        for name, seats, issued, place, *rest in rows
    ]


def _plain(word: str) -> str:
    """A word without what LIKE would take for a sign of its own."""
    return word.replace("/", "//").replace("%", "/%").replace("_", "/_")
