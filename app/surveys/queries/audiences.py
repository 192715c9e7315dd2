"""Who a wave is for: each person once, by the first thing of theirs that asks."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, null, select

from app.advisory.models import AdvisoryTask
from app.applications.models import Application
from app.applications.rules.states import State
from app.core.clock import COPENHAGEN
from app.core.database import db
from app.events.models import Event
from app.events.rules import EventState
from app.organisations.models import Representative
from app.people.models import Person
from app.surveys.models import Invitation, Survey, Wave
from app.surveys.rules import Audience
from app.tickets.models import Ticket
from app.workshops.models import Admission, Enrolment
from app.workshops.rules.places import EnrolmentState

ACCEPTED = (State.ACCEPTED, State.CONFIRMED)


@dataclass(frozen=True, slots=True)
class Invitee:
    """A person to ask, in which language, since when, and what asks."""

    person_id: int
    language: str
    own_date: datetime
    event_id: int | None
    task_id: int | None


def candidates(survey: Survey, wave: Wave) -> list[Invitee]:
    """Everyone of the audience who has no invitation in this wave yet."""
    if survey.audience == Audience.OPEN:
        return []
    statement = _AUDIENCES[survey.audience](survey, wave)
    invited = exists().where(Invitation.wave_id == wave.id, Invitation.person_id == Person.id)
    first: dict[int, Invitee] = {}
    for row in db.session.execute(statement.where(Person.email.is_not(None), ~invited)):
        first.setdefault(row[0], Invitee(*row))
    return list(first.values())


def _attendance(survey: Survey, wave: Wave) -> Select[*tuple[Any, ...]]:
    return (
        select(Person.id, Enrolment.language, Event.ends_at, Event.id, null())
        .select_from(Admission)
        .join(Ticket, Ticket.id == Admission.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Event, Event.id == Admission.event_id)
        .where(*_events(survey, wave))
        .order_by(Event.starts_at, Event.id, Enrolment.id)
    )


def _enrolments(survey: Survey, wave: Wave) -> Select[*tuple[Any, ...]]:
    return (
        select(Person.id, Enrolment.language, Event.ends_at, Event.id, null())
        .select_from(Enrolment)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Event, Event.id == Enrolment.event_id)
        .where(Enrolment.state == EnrolmentState.CONFIRMED, *_events(survey, wave))
        .order_by(Event.starts_at, Event.id, Enrolment.id)
    )


def _organisations(survey: Survey, wave: Wave) -> Select[*tuple[Any, ...]]:
    role = [Application.role == survey.role] if survey.role else []
    return (
        select(Person.id, Person.language, Event.ends_at, Event.id, null())
        .select_from(Application)
        .join(Event, Event.id == Application.event_id)
        .join(Representative, Representative.organisation_id == Application.organisation_id)
        .join(Person, Person.id == Representative.person_id)
        .where(Application.state.in_(ACCEPTED), *role, *_events(survey, wave))
        .where(Representative.ended_at.is_(None))
        .order_by(Event.starts_at, Event.id, Representative.since, Representative.id)
    )


def _recipients(_survey: Survey, wave: Wave) -> Select[*tuple[Any, ...]]:
    start, end = _bounds(wave)
    return (
        select(Person.id, Person.language, AdvisoryTask.closed_at, null(), AdvisoryTask.id)
        .join(Person, Person.id == AdvisoryTask.person_id)
        .where(AdvisoryTask.closed_at >= start, AdvisoryTask.closed_at < end)
        .order_by(AdvisoryTask.closed_at, AdvisoryTask.id)
    )


def _events(survey: Survey, wave: Wave) -> list[ColumnElement[bool]]:
    """Only what was held counts, here as in the figures."""
    start, end = _bounds(wave)
    conditions = [
        Event.state == EventState.HELD,
        Event.starts_at >= start,
        Event.starts_at < end,
    ]
    if survey.event_kind:
        conditions.append(Event.kind == survey.event_kind)
    if survey.topic:
        conditions.append(Event.topic == survey.topic)
    return conditions


def _bounds(wave: Wave) -> tuple[datetime, datetime]:
    start = datetime.combine(wave.from_day, time(), COPENHAGEN)
    return start, datetime.combine(wave.to_day + timedelta(days=1), time(), COPENHAGEN)


_AUDIENCES: Mapping[Audience, Callable[[Survey, Wave], Select[*tuple[Any, ...]]]] = {
    Audience.ATTENDANCE: _attendance,
    Audience.ENROLMENTS: _enrolments,
    Audience.ORGANISATIONS: _organisations,
    Audience.ADVISORY: _recipients,
}
