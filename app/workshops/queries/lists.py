"""Many places: the line, the desk's list, the door list, everything of an address or a person."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from app.core import clock
from app.core.database import db
from app.core.searching import holds
from app.events import rules as event_rules
from app.events.models import Event
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.queries import is_typed_ticket
from app.workshops.models import Admission, Enrolment, Workshop
from app.workshops.queries import arrivals
from app.workshops.queries.places import TicketedEnrolment, all_places, goals, listed
from app.workshops.queries.questions import told_answers
from app.workshops.rules.arrivals import CameIn
from app.workshops.rules.places import LIVE_STATES, EnrolmentState


@dataclass(frozen=True)
class EnrolmentFilter:
    """Who of the desk's list is meant; it stands in the page's address."""

    state: str = ""
    search: str = ""


@dataclass(frozen=True)
class RosterLine:
    """One line of the desk's list: a place, and who came in with it."""

    place: TicketedEnrolment
    came: CameIn | None

    @property
    def enrolment(self) -> Enrolment:
        """The place itself."""
        return self.place.enrolment


def places_of(email: str) -> Sequence[TicketedEnrolment]:
    """Every enrolment of an address, the next event first."""
    statement = all_places().where(Person.email == email)
    return listed(statement.order_by(Event.starts_at.desc(), Enrolment.id))


def places_to_tell(event_id: int) -> Sequence[TicketedEnrolment]:
    """Everyone who is to hear of a change: confirmed and waiting, in order of number."""
    statement = all_places().where(Enrolment.event_id == event_id, Enrolment.state.in_(LIVE_STATES))
    return listed(statement.order_by(Enrolment.id))


def line(event_id: int) -> Sequence[Row[Enrolment, Person]]:
    """Everyone who waits, oldest first."""
    statement = (
        select(Enrolment, Person)
        .join(Person, Person.id == Enrolment.person_id)
        .where(Enrolment.event_id == event_id, Enrolment.state == EnrolmentState.WAITLISTED)
        .order_by(Enrolment.line_number, Enrolment.id)
    )
    return db.session.execute(statement).all()


def state_counts(event_id: int, *states: EnrolmentState) -> dict[str, int]:
    """How many enrolments stand in each of these states, by default in every one."""
    statement = (
        select(Enrolment.state, func.count())
        .where(Enrolment.event_id == event_id, Enrolment.state.in_(states or EnrolmentState))
        .group_by(Enrolment.state)
    )
    return {str(state): count for state, count in db.session.execute(statement)}


def numbers(event_id: int) -> Select[int]:
    """The numbers of all enrolments of an event, with what the desk's list goes by."""
    return select(Enrolment.id).where(Enrolment.event_id == event_id)


def lines(event_id: int, enrolment_ids: Collection[int]) -> list[RosterLine]:
    """The lines of the desk's list with these numbers, each with who came of them."""
    places = listed(all_places().where(Enrolment.id.in_(enrolment_ids)))
    came = arrivals.came_of_places(event_id, enrolment_ids)
    return [RosterLine(place, came.get(place.enrolment.id)) for place in places]


def came_to(event_id: int) -> ColumnElement[bool]:
    """Whether somebody came in with the place."""
    return Enrolment.id.in_(
        select(Ticket.enrolment_id)
        .join(Admission, Admission.ticket_id == Ticket.id)
        .where(Ticket.event_id == event_id, Admission.event_id == event_id)
    )


def first_came(event_id: int) -> ColumnElement[datetime]:
    """When the first came in with the place."""
    return (
        select(func.min(Admission.at))
        .join(Ticket, Ticket.id == Admission.ticket_id)
        .where(Ticket.enrolment_id == Enrolment.id, Admission.event_id == event_id)
        .correlate(Enrolment)
        .scalar_subquery()
    )


def door_list(event_id: int) -> Sequence[TicketedEnrolment]:
    """All with a place, by name, for paper."""
    statement = all_places().where(
        Enrolment.event_id == event_id, Enrolment.state == EnrolmentState.CONFIRMED
    )
    return listed(statement.order_by(Enrolment.sort_text, Enrolment.id))


def workshops() -> Sequence[Row[Event, Workshop, int]]:
    """Every workshop with how many wait, the next first."""
    waiting = (
        select(func.count())
        .where(
            Enrolment.event_id == Workshop.event_id,
            Enrolment.state == EnrolmentState.WAITLISTED,
        )
        .scalar_subquery()
    )
    statement = (
        select(Event, Workshop, waiting)
        .join(Workshop, Workshop.event_id == Event.id)
        .order_by(Event.starts_at.desc(), Event.id)
    )
    return db.session.execute(statement).all()


def events_without_places() -> Sequence[Event]:
    """Coming events one could enrol in if they had places."""
    statement = (
        select(Event)
        .outerjoin(Workshop, Workshop.event_id == Event.id)
        .where(
            Workshop.event_id.is_(None),
            Event.kind.in_(event_rules.WITH_ENROLMENTS),
            Event.ends_at > clock.now(),
        )
    )
    return db.session.scalars(statement.order_by(Event.starts_at, Event.id)).all()


def matching(event_id: int, text: str) -> ColumnElement[bool]:
    named = holds(Enrolment.search_text, text)
    is_typed = is_typed_ticket(text)
    if is_typed is None:
        return named
    of_code = select(Ticket.enrolment_id).where(Ticket.event_id == event_id, is_typed)
    return or_(named, Enrolment.id.in_(of_code))


def about(person_id: int) -> dict[str, object]:
    """What is kept of a person here."""
    statement = all_places().where(Enrolment.person_id == person_id).order_by(Enrolment.joined_at)
    places = listed(statement)
    return {"enrolments": [_told(place) for place in places]}


def _told(place: TicketedEnrolment) -> dict[str, Any]:
    enrolment = place.enrolment
    return {
        "event": place.event.slug,
        "state": enrolment.state,
        "seats": enrolment.seats,
        "language": enrolment.language,
        "organisation": enrolment.organisation,
        "interpreter": enrolment.interpreter,
        "access": enrolment.access,
        "food": enrolment.food,
        "joined_at": enrolment.joined_at.isoformat(),
        "cancelled_at": enrolment.cancelled_at.isoformat() if enrolment.cancelled_at else None,
        "answers": dict(told_answers(enrolment, enrolment.language)),
        "goals": [goal.text for goal in goals(enrolment.id)],
        "goals_may_be_shown": enrolment.show_goals,
        "ticket": place.ticket.short_code,
    }
