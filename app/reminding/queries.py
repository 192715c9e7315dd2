"""Who is to be reminded now of an event they have a place at."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, and_, exists, or_, select

from app.core.database import db
from app.events.models import Event, EventChange
from app.events.rules import RUNNING
from app.people.models import Person
from app.reminding.models import DayReminder
from app.reminding.rules import DAYS, reminds_at
from app.workshops.models import Enrolment, Workshop
from app.workshops.rules.places import EnrolmentState

AT_ONCE = 100


def due_reminders(now: datetime) -> Sequence[int]:
    """The enrolments that are confirmed and not yet reminded, where the hour has come.

    Who enrolled after that hour has just had the ticket.
    """
    if not (due := _due_events(now)):
        return []
    statement = (
        select(Enrolment.id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(or_(*due), Enrolment.state == EnrolmentState.CONFIRMED, Person.email.is_not(None))
        .order_by(Enrolment.id)
        .limit(AT_ONCE)
    )
    return db.session.scalars(statement).all()


def still_coming(enrolment_id: int) -> bool:
    """Whether the place is confirmed; held until the reminder is written, so that it stays so."""
    statement = select(Enrolment.state).where(Enrolment.id == enrolment_id).with_for_update()
    return db.session.scalar(statement) == EnrolmentState.CONFIRMED


def _due_events(now: datetime) -> list[ColumnElement[bool]]:
    """For each event whose hour has come: that it is that one, and joined before."""
    statement = (
        select(Event.id, Event.starts_at, Workshop.reminder_days, Workshop.reminder_hour)
        .join(Workshop, Workshop.event_id == Event.id)
        .where(
            Event.starts_at > now,
            Event.starts_at < now + timedelta(days=max(DAYS) + 1),
            Event.state.in_(RUNNING),
            Workshop.reminder_days.is_not(None),
        )
    )
    hours = (
        (row.id, reminds_at(row.starts_at, row.reminder_days, row.reminder_hour))
        for row in db.session.execute(statement)
    )
    return [
        and_(Enrolment.event_id == number, Enrolment.joined_at < hour, ~_reminded(hour))
        for number, hour in hours
        if hour <= now
    ]


def _reminded(hour: datetime) -> ColumnElement[bool]:
    """Whether it was since the last move; one moved after its hour is told of by that letter."""
    stale = moved_since(EventChange.made_at < hour)
    return exists().where(DayReminder.enrolment_id == Enrolment.id, ~stale)


def moved_since(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether the event of this enrolment was moved after its reminder."""
    change = (EventChange.event_id == Enrolment.event_id, EventChange.taken_back_at.is_(None))
    return exists().where(*change, EventChange.made_at > DayReminder.sent_at, *conditions)
