"""Many places: the line, the desk's list, the door list, everything of an address or a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, func, or_, select

from app.core import clock
from app.core.database import db
from app.core.searching import holds
from app.events import rules as event_rules
from app.events.models import Event
from app.people.models import Person
from app.workshops.models import Enrolment, Ticket, Workshop
from app.workshops.queries.places import TicketedEnrolment, all_places, goals, listed
from app.workshops.queries.questions import told_answers
from app.workshops.queries.typed_codes import is_typed_ticket
from app.workshops.rules.places import LIVE_STATES, EnrolmentState


@dataclass(frozen=True)
class EnrolmentFilter:
    """What the desk's list shows; it stands in the page's address."""

    state: str = ""
    search: str = ""
    sort: str = "name"
    page: int = 1


@dataclass(frozen=True)
class Listing:
    """One page of places, and how many there are in all; None for more than are shown."""

    places: list[TicketedEnrolment]
    count: int | None


PAGE_SIZE = 50


def places_of(email: str) -> Sequence[TicketedEnrolment]:
    """Every enrolment of an address, the next event first."""
    statement = all_places().where(Person.email == email).order_by(Event.starts_at.desc())
    return listed(statement)


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


def roster(event_id: int, chosen: EnrolmentFilter) -> Listing:
    """One page of the desk's list. A search is not counted: it shows its first page and says
    whether there are more."""
    if chosen.search:
        return _searched(event_id, chosen)
    conditions = [Enrolment.event_id == event_id]
    if chosen.state:
        conditions.append(Enrolment.state == chosen.state)
    count = db.session.scalar(select(func.count()).where(*conditions)) or 0
    numbers = select(Enrolment.id).where(*conditions).order_by(*_order(chosen.sort))
    page = numbers.limit(PAGE_SIZE).offset((chosen.page - 1) * PAGE_SIZE)
    return Listing(_in_order(page, chosen.sort), int(count))


def _searched(event_id: int, chosen: EnrolmentFilter) -> Listing:
    conditions = [Enrolment.event_id == event_id, matching(event_id, chosen.search)]
    if chosen.state:
        conditions.append(Enrolment.state == chosen.state)
    numbers = select(Enrolment.id).where(*conditions).order_by(*_order("name"))
    places = _in_order(numbers.limit(PAGE_SIZE + 1), chosen.sort)
    return Listing(places[:PAGE_SIZE], None if len(places) > PAGE_SIZE else len(places))


def _in_order(numbers: Select[int], sort: str) -> list[TicketedEnrolment]:
    ordered = db.session.scalars(numbers).all()
    return listed(all_places().where(Enrolment.id.in_(ordered)).order_by(*_order(sort)))


def door_list(event_id: int) -> Sequence[TicketedEnrolment]:
    """All with a place, by name, for paper."""
    statement = all_places().where(
        Enrolment.event_id == event_id, Enrolment.state == EnrolmentState.CONFIRMED
    )
    return listed(statement.order_by(*_order("name")))


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


def _order(sort: str) -> tuple[Any, ...]:
    orders: dict[str, tuple[Any, ...]] = {
        "joined": (Enrolment.joined_at, Enrolment.id),
        "state": (Enrolment.state, Enrolment.sort_text, Enrolment.id),
    }
    return orders.get(sort, (Enrolment.sort_text, Enrolment.id))


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
