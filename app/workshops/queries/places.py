"""One workshop and one place: as the public, its holder or its letter asks for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Select, bindparam, func, or_, select

from app.core import clock, owner
from app.core.database import db
from app.core.prepared import Prepared
from app.core.refusals import NotFound
from app.core.stored_rows import object_of, stored_columns
from app.core.tokens import token_hash
from app.events import queries as event_queries
from app.events import rules as event_rules
from app.events.models import Event, EventKey, Window
from app.events.rules import Phase, Purpose
from app.installation.queries import STAMP
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules import codes
from app.tickets.rules.states import TicketState
from app.workshops.models import Enrolment, Goal, Workshop
from app.workshops.queries.links import why_closed
from app.workshops.refusals import NoSuchPlace
from app.workshops.rules import places as rules
from app.workshops.rules.places import LIVE_STATES, EnrolmentState, WaitingEnrolment


@dataclass(frozen=True)
class OpenWorkshop:
    """A published workshop with all that deciding on an enrolment takes."""

    event: Event
    workshop: Workshop
    window: Window | None
    sealed_private: bytes


@dataclass(frozen=True)
class TicketedEnrolment:
    """One enrolment with its event, its person and the ticket that counts."""

    enrolment: Enrolment
    ticket: Ticket
    person: Person
    event: Event


# The rule itself, asked of a column instead of a number.
_fits: Any = rules.fits


def _open(columns: Select[Any]) -> Select[Any]:
    return (
        columns.select_from(Event)
        .join(Workshop, Workshop.event_id == Event.id)
        .join(EventKey, EventKey.event_id == Event.id)
        .outerjoin(Window, (Window.event_id == Event.id) & (Window.purpose == Purpose.ENROLMENTS))
        .where(
            Event.slug == bindparam("slug"),
            or_(*(Event.state == state for state in sorted(event_rules.PUBLIC_STATES))),
        )
    )


class _Known(NamedTuple):
    """What an event's row said last, and the objects made of it."""

    known: tuple[Any, ...]
    event: Event
    window: Window | None


# Asked with every page of enrolment and every enrolment, so built once.
_OPEN_WORKSHOP = _open(select(Event, Workshop, Window, EventKey.sealed_private, STAMP))
_STORED = Prepared(
    lambda _dialect: _open(
        select(
            EventKey.sealed_private,
            STAMP.label("owner_stamp"),
            *stored_columns(Event, Window, Workshop),
        )
    )
)
WORKSHOP_COLUMNS = len(Workshop.__table__.columns)
# By slug, per process; compared with what stands in the database before each use.
MOST_KNOWN = 200
_known: dict[str, _Known] = {}


def open_workshop(slug: str) -> OpenWorkshop:
    """The workshop at an address, if the public may see it; raises NotFound."""
    row = db.session.execute(_OPEN_WORKSHOP, {"slug": slug}).first()
    if row is None:
        raise NotFound
    *opened, owner_stamp = row
    owner.note(owner_stamp)
    return OpenWorkshop(*opened)


def workshop_to_enrol_at(slug: str) -> OpenWorkshop:
    """The same for those who only enrol: not of the session, and its event is made an object anew
    only where it changed. That takes a tenth of an enrolment's time away (bench/results.md)."""
    if db.session.autoflush:
        db.session.flush()
    rows = _STORED.rows(db.session.connection(), slug=slug)
    if not rows:
        raise NotFound
    (stored,) = rows
    owner.note(stored.owner_stamp)
    # The workshop's own columns stand last: they change with each enrolment.
    known = stored[:-WORKSHOP_COLUMNS]
    kept = _known.get(slug)
    if kept is None or kept.known != known:
        kept = _keep(slug, known, stored)
    return OpenWorkshop(kept.event, object_of(Workshop, stored), kept.window, stored.sealed_private)


def _keep(slug: str, known: tuple[Any, ...], stored: Any) -> _Known:
    window = object_of(Window, stored) if stored.windows_id is not None else None
    if len(_known) >= MOST_KNOWN:
        _known.clear()
    _known[slug] = fresh = _Known(known, object_of(Event, stored), window)
    return fresh


def phase(open_workshop: OpenWorkshop) -> Phase:
    """Where enrolment stands now; closed once the event is over or called off."""
    if open_workshop.event.state not in event_rules.RUNNING:
        return Phase.CLOSED
    return event_queries.phase(open_workshop.window, clock.now())


def has_places(event_id: int) -> bool:
    """Whether the event was given places."""
    return db.session.get(Workshop, event_id) is not None


def workshop(event_id: int) -> Workshop:
    """The places of an event; raises NotFound."""
    workshop = db.session.get(Workshop, event_id)
    if workshop is None:
        raise NotFound
    return workshop


def live_place(event_id: int, person_id: int) -> TicketedEnrolment | None:
    """A person's confirmed or waiting enrolment at an event."""
    return _place(
        Enrolment.event_id == event_id,
        Enrolment.person_id == person_id,
        Enrolment.state.in_(LIVE_STATES),
    )


def place(enrolment_id: int) -> TicketedEnrolment:
    """The enrolment with this number, whatever its state; raises NoSuchPlace."""
    return _found(_place(Enrolment.id == enrolment_id))


def place_at(slug: str, enrolment_id: int) -> TicketedEnrolment:
    """The same, where it is one of the event at this address; else raises NotFound."""
    here = place(enrolment_id)
    if here.event.slug != slug:
        raise NotFound
    return here


def place_by_link(token: str) -> TicketedEnrolment:
    """What a private link opens; raises NoSuchPlace, or that it was replaced."""
    place = _place(Enrolment.link_hash == token_hash(token))
    if place is None:
        raise why_closed(token)
    return place


def place_by_ticket(ticket_id: int) -> TicketedEnrolment:
    """The place of a ticket, replaced ones too, for the worker; raises NoSuchPlace."""
    enrolment_id = db.session.scalar(select(Ticket.enrolment_id).where(Ticket.id == ticket_id))
    return _found(_place(Enrolment.id == enrolment_id) if enrolment_id else None)


def ticket_by_code(text: str) -> tuple[Ticket, Enrolment, Event]:
    """The ticket with exactly this code; raises NoSuchPlace for any other text."""
    code = codes.read_code(text)
    if code is None:
        raise NoSuchPlace
    statement = (
        select(Ticket, Enrolment, Event, STAMP)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Event, Event.id == Ticket.event_id)
        .where(Ticket.id == code.ticket_id, Ticket.code == code.text)
    )
    row = db.session.execute(statement).first()
    if row is None:
        raise NoSuchPlace
    owner.note(row[3])
    return row[0], row[1], row[2]


def who_fit(event_id: int, free: int) -> Sequence[WaitingEnrolment]:
    """The oldest in the line who ask for no more than what is free; no more than can move up."""
    statement = (
        select(Enrolment.id, Enrolment.seats)
        .where(
            Enrolment.event_id == event_id,
            Enrolment.state == EnrolmentState.WAITLISTED,
            _fits(Enrolment.seats, free),
        )
        .order_by(Enrolment.line_number, Enrolment.id)
        .limit(free)
    )
    return [WaitingEnrolment(row.id, row.seats) for row in db.session.execute(statement)]


def position(enrolment: Enrolment) -> int | None:
    """The place in the line, from 1; None for one who does not wait."""
    if enrolment.state != EnrolmentState.WAITLISTED:
        return None
    ahead = select(func.count()).where(
        Enrolment.event_id == enrolment.event_id,
        Enrolment.state == EnrolmentState.WAITLISTED,
        Enrolment.line_number < enrolment.line_number,
    )
    return int(db.session.scalar(ahead) or 0) + 1


def goals(enrolment_id: int) -> Sequence[Goal]:
    """What the participant set out to do, in order."""
    statement = select(Goal).where(Goal.enrolment_id == enrolment_id).order_by(Goal.number)
    return db.session.scalars(statement).all()


def all_places() -> Select[Enrolment, Ticket, Person, Event]:
    return (
        select(Enrolment, Ticket, Person, Event)
        .join(
            Ticket,
            (Ticket.enrolment_id == Enrolment.id) & (Ticket.state != TicketState.REPLACED),
        )
        .join(Person, Person.id == Enrolment.person_id)
        .join(Event, Event.id == Enrolment.event_id)
    )


def _place(*conditions: ColumnElement[bool]) -> TicketedEnrolment | None:
    # Read anew even where the row is known: a service asks once the workshop's row is held.
    fresh = all_places().where(*conditions).execution_options(populate_existing=True)
    places = listed(fresh)
    return places[0] if places else None


def listed(statement: Select[Enrolment, Ticket, Person, Event]) -> list[TicketedEnrolment]:
    return [TicketedEnrolment(*row) for row in db.session.execute(statement).all()]


def _found(place: TicketedEnrolment | None) -> TicketedEnrolment:
    if place is None:
        raise NoSuchPlace
    return place
