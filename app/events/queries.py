"""Events by slug, by day and by what they take."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, or_, select

from app.core import clock, outbox, owner
from app.core.database import db
from app.core.folding import sort_key
from app.core.prepared import Prepared
from app.core.refusals import NotFound
from app.core.texts import local
from app.events import rules
from app.events.models import Event, EventChange, EventKey, EventPicture, Session, Topic, Window
from app.events.rules import EventKind, EventState, Phase, PictureSize, Purpose
from app.events.wording import TOPIC_NAMES
from app.installation.queries import STAMP


@dataclass(frozen=True)
class Meeting:
    """One of the times at which an event meets; the suffix tells it from the first."""

    suffix: str
    starts_at: datetime
    ends_at: datetime


_NUMBER = Prepared(lambda _dialect: select(Event.id).where(Event.slug == bindparam("slug")))


def event_by_slug(slug: str) -> Event:
    """The event, whatever its state; raises NotFound."""
    found = db.session.execute(select(Event, STAMP).where(Event.slug == slug)).first()
    if found is None:
        raise NotFound
    event: Event = found[0]
    owner.note(found[1])
    return event


def free_slug(slug: str) -> str:
    """An address for a copy that no event has yet."""
    stem = slug[:76].rstrip("-")
    taken = {*db.session.scalars(select(Event.slug).where(Event.slug.startswith(stem)))}
    return next(f"{stem}-{n}" for n in range(2, len(taken) + 3) if f"{stem}-{n}" not in taken)


def event_id_by_slug(slug: str) -> int:
    """The number of event_by_slug, for calls that come by the second; raises NotFound."""
    rows = _NUMBER.rows(db.session.connection(), slug=slug)
    if not rows:
        raise NotFound
    return int(rows[0].id)


def public_event(slug: str) -> Event:
    """The event if the public may see it; raises NotFound."""
    event = event_by_slug(slug)
    if event.state not in rules.PUBLIC_STATES:
        raise NotFound
    return event


def event(event_id: int) -> Event:
    """The event with this number; raises NotFound."""
    event = db.session.get(Event, event_id)
    if event is None:
        raise NotFound
    return event


def upcoming(limit: int = 50) -> Sequence[Event]:
    """Public events not yet over, soonest first."""
    return db.session.scalars(
        select(Event)
        .where(Event.state.in_(rules.RUNNING), Event.ends_at >= clock.now())
        .order_by(Event.starts_at, Event.id)
        .limit(limit)
    ).all()


def past(limit: int = 20) -> Sequence[Event]:
    """Public events that are over, newest first."""
    return db.session.scalars(
        select(Event)
        .where(
            or_(Event.state == EventState.HELD, Event.state.in_(rules.RUNNING)),
            Event.ends_at < clock.now(),
        )
        .order_by(Event.starts_at.desc(), Event.id)
        .limit(limit)
    ).all()


def all_events() -> Sequence[Event]:
    """Every event, newest first; for the desk."""
    return db.session.scalars(select(Event).order_by(Event.starts_at.desc(), Event.id)).all()


def held_in(
    year: int, kinds: Collection[EventKind] | None = None, topic: str | None = None
) -> Sequence[Event]:
    """Events held that began in a year, in order."""
    start, end = clock.year_bounds(year)
    statement = select(Event).where(
        Event.state == EventState.HELD, Event.starts_at >= start, Event.starts_at < end
    )
    if kinds is not None:
        statement = statement.where(Event.kind.in_(kinds))
    if topic is not None:
        statement = statement.where(Event.topic == topic)
    return db.session.scalars(statement.order_by(Event.starts_at, Event.id)).all()


def titles(of: Collection[str | int]) -> dict[str | int, str]:
    """What events are called in the reader's language, by address or number."""
    slugs = [key for key in of if isinstance(key, str)]
    numbers = [key for key in of if isinstance(key, int)]
    rows = db.session.execute(
        select(Event.id, Event.slug, Event.title).where(
            or_(Event.slug.in_(slugs), Event.id.in_(numbers))
        )
    )
    named = [(row.id, row.slug, local(row.title)) for row in rows]
    return {key: title for number, slug, title in named for key in (number, slug) if key in of}


def picture(slug: str, key: str, size: PictureSize) -> tuple[bytes, EventState]:
    """The picture at an address, and the state of the event it belongs to; raises NotFound."""
    column = {PictureSize.PHONE: EventPicture.phone, PictureSize.DESK: EventPicture.desk}[size]
    row = db.session.execute(
        select(column, Event.state)
        .join(Event, Event.id == EventPicture.event_id)
        .where(Event.slug == slug, EventPicture.key == key)
    ).first()
    if row is None:
        raise NotFound
    return row[0], row[1]


def sessions(event_id: int) -> Sequence[Session]:
    """An event's sessions in order."""
    return db.session.scalars(
        select(Session).where(Session.event_id == event_id).order_by(Session.starts_at, Session.id)
    ).all()


def meetings(events: Sequence[Event]) -> dict[int, list[Meeting]]:
    """When each of these events meets: the days of a course, else its own hours."""
    courses = [event.id for event in events if event.has.sessions]
    in_order = select(Session).where(Session.event_id.in_(courses))
    days: defaultdict[int, list[Session]] = defaultdict(list)
    if courses:
        for day in db.session.scalars(in_order.order_by(Session.starts_at, Session.id)):
            days[day.event_id].append(day)
    return {event.id: _meetings(event, days[event.id]) for event in events}


def _meetings(event: Event, days: Sequence[Session]) -> list[Meeting]:
    if len(days) < 2:
        return [Meeting("", event.starts_at, event.ends_at)]
    # The first keeps the event's own name, so that a calendar that had the one entry follows.
    return [
        Meeting(f"-{day.id}" if number else "", day.starts_at, day.ends_at)
        for number, day in enumerate(days)
    ]


def window(event_id: int, purpose: Purpose) -> Window | None:
    """The event's window for a purpose, if it has one."""
    return db.session.scalar(
        select(Window).where(Window.event_id == event_id, Window.purpose == purpose)
    )


@dataclass(frozen=True)
class ListedTopic:
    """One topic as the team's list has it."""

    key: str
    name: str
    ended: bool
    # What was written for it, by language; nothing for a shipped one that kept its name.
    written: Mapping[str, str]


def change_to_take_back(event_id: int) -> EventChange | None:
    """The last move or calling off, where none of its letters has left yet."""
    statement = (
        select(EventChange)
        .where(
            EventChange.event_id == event_id,
            EventChange.taken_back_at.is_(None),
            EventChange.made_at > clock.now() - rules.TAKE_BACK_WITHIN,
        )
        .order_by(EventChange.id.desc())
        .limit(1)
    )
    change = db.session.scalar(statement)
    if change is None or (change.letters and outbox.waits_until(change.letters) is None):
        return None
    return change


def topics() -> list[ListedTopic]:
    """Every topic, ended ones too, in order of name: the shipped ones and the team's own."""
    rows = {row.key: row for row in db.session.scalars(select(Topic))}
    listed = []
    for key in {*TOPIC_NAMES, *rows}:
        row = rows.get(key)
        name = local(row.name if row else None) or str(TOPIC_NAMES.get(key, key))
        ended = row is not None and row.ended_at is not None
        listed.append(ListedTopic(key, name, ended, row.name if row else {}))
    return sorted(listed, key=lambda topic: sort_key(topic.name))


def topic(key: str) -> ListedTopic:
    """The topic with this key, which may be one that only an event of old has."""
    listed = {topic.key: topic for topic in topics()}
    return listed.get(key) or ListedTopic(key, key, ended=True, written={})


def windows(event_id: int) -> dict[Purpose, Window]:
    """All windows of an event by purpose."""
    rows = db.session.scalars(select(Window).where(Window.event_id == event_id)).all()
    return {row.purpose: row for row in rows}


def phase(event_window: Window | None, now: datetime) -> Phase:
    """Where a window stands; an event without one is closed."""
    if event_window is None:
        return Phase.CLOSED
    return rules.phase(
        event_window.opens_at, event_window.deadline_at, event_window.shutdown_at, now
    )


def public_key(event_id: int) -> bytes:
    """The 32 bytes that prove an event's tickets."""
    return db.session.scalars(
        select(EventKey.public_key).where(EventKey.event_id == event_id)
    ).one()
