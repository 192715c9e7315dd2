"""A place before it is given: the wish for it, the rows it will be, and how they are written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from app.core import clock
from app.core.folding import leading_words, search_text, sort_key
from app.core.languages import DEFAULT
from app.core.new_rows import NewRow
from app.core.secrets import purpose_key, wrapping_key
from app.core.signing import opened_private_key
from app.core.tokens import random_id, short_code, token_hash
from app.events.models import Event
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules import codes
from app.tickets.rules.states import TicketState
from app.workshops.models import NAME_PARTS, Enrolment, NamePart, SearchText, SortText
from app.workshops.queries.places import OpenWorkshop, TicketedEnrolment
from app.workshops.rules import links
from app.workshops.rules.places import EnrolmentState

NEW_ENROLMENT, NEW_TICKET = NewRow(Enrolment, once=True), NewRow(Ticket)


@dataclass(frozen=True)
class Wish:
    """Who wants to come, with how many, and what they need."""

    name: str
    mail: str
    seats: int = 1
    language: str = DEFAULT
    interpreter: str = ""
    access: str = ""
    food: str = ""
    organisation: str = ""


def drafted(
    event: Event, person: Person, wish: Wish, sign: Callable[[bytes], bytes]
) -> TicketedEnrolment:
    """Everything that can be made before a seat is taken: numbers, code, link. No row yet."""
    moment = clock.now()
    enrolment_id, ticket_id, event_id = random_id(), random_id(), event.id
    enrolment = Enrolment(
        id=enrolment_id,
        event_id=event_id,
        person_id=person.id,
        state=EnrolmentState.CONFIRMED,
        seats=wish.seats,
        language=wish.language,
        interpreter=wish.interpreter,
        access=wish.access,
        food=wish.food,
        organisation=wish.organisation,
        **found_by(person.name, person.email),
        link_hash=token_hash(links.private_token(purpose_key("private links"), enrolment_id)),
        link_number=0,
        joined_at=moment,
    )
    return TicketedEnrolment(enrolment, new_ticket(enrolment, ticket_id, sign), person, event)


def found_by(name: str, email: str | None = None) -> dict[str, str | None]:
    """What the desk's list finds a person by and is sorted by, and what the door does."""
    parts = zip_longest(NAME_PARTS, leading_words(name, len(NAME_PARTS)))
    return {
        "search_text": search_text(name, email or "")[: SearchText.length],
        "sort_text": sort_key(name)[: SortText.length],
        **{column: word and word[: NamePart.length] for column, word in parts},
    }


def new_ticket(enrolment: Enrolment, ticket_id: int, sign: Callable[[bytes], bytes]) -> Ticket:
    """A live ticket of an enrolment, signed."""
    return Ticket(
        id=ticket_id,
        event_id=enrolment.event_id,
        enrolment_id=enrolment.id,
        code=codes.ticket_code(enrolment.event_id, ticket_id, sign),
        short_code=short_code(),
        state=TicketState.LIVE,
        issued_at=clock.now(),
    )


def columns(row: Enrolment | Ticket) -> dict[str, object]:
    """The values a row was drafted with, for a statement of our own."""
    return {name: value for name, value in vars(row).items() if not name.startswith("_")}


def signer(open_workshop: OpenWorkshop) -> Callable[[bytes], bytes]:
    return opened_private_key(wrapping_key(), open_workshop.sealed_private).sign


def written(place: TicketedEnrolment) -> bool:
    """The row of the enrolment; False where the same person was enrolled meanwhile."""
    return NEW_ENROLMENT.write(**columns(place.enrolment)) is not None


def issue(place: TicketedEnrolment, version: int) -> None:
    """The row of the ticket, with the version of the list that it first stands on."""
    place.ticket.list_version = version
    NEW_TICKET.write(**columns(place.ticket))
