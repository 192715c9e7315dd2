"""Correcting what an event says and when it takes sign-ups; sittings; deleting a draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete as delete_rows
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from app.core import audit
from app.core.database import db
from app.events import queries, refusals, rules
from app.events.models import Event, Session, Window
from app.events.rules import EventState, EventVerb, Purpose
from app.events.services.scheduling import lock

# How an event and its parts stood: JSON, by the row's table and number.
Standing = dict[str, dict[str, str]]
RESTORED = frozenset(
    {
        "state",
        "starts_at",
        "ends_at",
        "opens_at",
        "deadline_at",
        "shutdown_at",
        "place",
        "address",
        "called_off_because",
    }
)
# Under this its trail stands once a draft is deleted: a number may be given again.
DELETED = "deleted_event"


@dataclass(frozen=True)
class SignUp:
    """When an event takes sign-ups; `shutdown` is the end for good, `deadline` the end in time."""

    purpose: Purpose
    opens: datetime
    deadline: datetime
    shutdown: datetime
    waiting_list: bool


def correct(event: Event, facts: Mapping[str, object]) -> None:
    """Change what it says of itself. The trail names what was changed, calendars hear of it.

    Its address, time and place only while it is a draft: those who come are told by a move.
    """
    lock(event)
    changed = sorted(name for name, value in facts.items() if getattr(event, name) != value)
    if not changed:
        return
    if event.state is not EventState.DRAFT and rules.FIXED_BY_PUBLISHING & {*changed}:
        raise refusals.PublishedMeanwhile
    slug = str(facts.get("slug", event.slug))
    if not rules.may_be_chosen(slug):
        raise refusals.FaultySlug
    try:
        with db.session.begin_nested():
            for name in changed:
                setattr(event, name, facts[name])
            event.sequence += bool(rules.IN_CALENDARS & {*changed})
            _keep_one_sitting(event)
    except IntegrityError as error:
        raise refusals.SlugTaken(slug=slug) from error
    audit.record("event", event.id, EventVerb.EDITED, fields=changed)


def set_sign_up(event: Event, sign_up: SignUp) -> None:
    """Give the event its window, or change it; it has the one of its kind."""
    lock(event)
    values = {
        "opens_at": sign_up.opens,
        "deadline_at": sign_up.deadline,
        "shutdown_at": sign_up.shutdown,
        "waiting_list": sign_up.waiting_list,
    }
    windows = queries.windows(event.id)
    for purpose, other in windows.items():
        if purpose is not sign_up.purpose:
            db.session.delete(other)
    window = windows.get(sign_up.purpose)
    if window is None:
        db.session.add(Window(event_id=event.id, purpose=sign_up.purpose, **values))
        changed = sorted(values)
    else:
        changed = sorted(name for name, value in values.items() if getattr(window, name) != value)
        for name in changed:
            setattr(window, name, values[name])
    db.session.flush()
    if changed:
        audit.record("event", event.id, EventVerb.WINDOW_SET, fields=changed)


def add_sitting(event: Event, starts: datetime, ends: datetime) -> None:
    """One more day of a course."""
    lock(event)
    if not event.starts_at <= starts < ends <= event.ends_at:
        raise refusals.OutsideTheEvent
    db.session.add(Session(event_id=event.id, starts_at=starts, ends_at=ends, title={}))
    db.session.flush()
    _note_sittings(event)


def remove_sitting(event: Event, session_id: int) -> None:
    """One day less; the last one stays."""
    lock(event)
    sittings = {sitting.id: sitting for sitting in queries.sessions(event.id)}
    if session_id not in sittings:
        return
    if len(sittings) == 1:
        raise refusals.LastSitting
    try:
        with db.session.begin_nested():
            db.session.delete(sittings[session_id])
    except IntegrityError as error:
        raise refusals.SittingInUse from error
    _note_sittings(event)


def standing(event: Event) -> Standing:
    """How the event stands, for `restore`: its state, place and moments, those of its parts too."""
    return {
        _name(row): {
            column.name: value.isoformat() if isinstance(value, datetime) else value
            for column in row.__table__.columns
            if column.name in RESTORED
            for value in [getattr(row, column.name)]
        }
        for row in _rows(event)
    }


def restore(event: Event, before: Standing) -> None:
    """As it stood; calendars hear of it as of one more change. The event is locked."""
    for row in _rows(event):
        for name, value in before.get(_name(row), {}).items():
            setattr(row, name, datetime.fromisoformat(value) if name.endswith("_at") else value)
    event.state = EventState(event.state)
    event.sequence += 1
    audit.record("event", event.id, EventVerb.CHANGE_TAKEN_BACK)


def _rows(event: Event) -> list[Event | Session | Window]:
    return [event, *queries.sessions(event.id), *queries.windows(event.id).values()]


def _name(row: Event | Session | Window) -> str:
    return f"{row.__tablename__} {row.id}"


def delete(event: Event) -> None:
    """The draft is gone and its address free. What hangs on it is deleted above, before."""
    lock(event)
    if event.state is not EventState.DRAFT:
        raise refusals.NotADraft
    audit.record("event", event.id, EventVerb.DELETED, slug=event.slug)
    audit.put_away("event", event.id, DELETED)
    event_id = event.id
    db.session.expunge(event)
    db.session.execute(delete_rows(Event).where(Event.id == event_id))


def _keep_one_sitting(event: Event) -> None:
    """What is not a course has one sitting, from its start to its end."""
    if event.has.sessions:
        return
    for sitting in db.session.scalars(select(Session).where(Session.event_id == event.id)):
        sitting.starts_at, sitting.ends_at = event.starts_at, event.ends_at


def _note_sittings(event: Event) -> None:
    number = len(queries.sessions(event.id))
    audit.record("event", event.id, EventVerb.SITTINGS_SET, count=number)
