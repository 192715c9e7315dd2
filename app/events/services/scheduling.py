"""Making events, publishing, moving, holding and cancelling them, and signing for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import select

from app.core import audit, clock, signing
from app.core.database import db, insert_once
from app.core.numbers import moment_text
from app.core.secrets import wrapping_key
from app.events import queries, rules
from app.events.models import Event, EventKey, Session, Window
from app.events.refusals import (
    EventStepNotPossible,
    FaultySlug,
    GoesIntoThePast,
    HasBegun,
    HeldTooEarly,
    SlugTaken,
    StillRunning,
)
from app.events.rules import EventKind, EventState, EventVerb, HeldOffer, Purpose


@dataclass(frozen=True)
class Plan:
    """What an event is made from; texts by language."""

    slug: str
    kind: EventKind
    title: Mapping[str, str]
    starts_at: datetime
    ends_at: datetime
    topic: str | None = None
    place: str = ""
    address: str = ""
    # What else it says of itself: columns of the event.
    facts: Mapping[str, object] = field(default_factory=dict)
    summary: Mapping[str, str] = field(default_factory=dict)
    description: Mapping[str, str] = field(default_factory=dict)
    # Sittings of a course as (start, end); none means one from start to end.
    sessions: tuple[tuple[datetime, datetime], ...] = ()


def create(plan: Plan) -> Event:
    """A draft event with its sessions and its key pair."""
    if not rules.is_slug(plan.slug):
        raise FaultySlug
    made = insert_once(
        Event,
        slug=plan.slug,
        kind=plan.kind,
        state=EventState.DRAFT,
        topic=plan.topic,
        title=dict(plan.title),
        summary=dict(plan.summary),
        description=dict(plan.description),
        place=plan.place,
        address=plan.address,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        sequence=0,
        created_at=clock.now(),
        **{"access": {}, "spoken": [], **plan.facts},
    )
    if not made:
        raise SlugTaken(slug=plan.slug)
    event = db.session.scalars(select(Event).where(Event.slug == plan.slug)).one()
    for starts, ends in plan.sessions or ((plan.starts_at, plan.ends_at),):
        db.session.add(Session(event_id=event.id, starts_at=starts, ends_at=ends, title={}))
    public, sealed = signing.new_key_pair(wrapping_key())
    db.session.add(EventKey(event_id=event.id, public_key=public, sealed_private=sealed))
    db.session.flush()
    audit.record("event", event.id, EventVerb.CREATED)
    return event


def open_window(
    event: Event,
    purpose: Purpose,
    opens_at: datetime,
    deadline_at: datetime,
    shutdown_at: datetime | None = None,
    *,
    waiting_list: bool = True,
) -> Window:
    """Give the event its window for a purpose; without a shutdown it ends at the deadline.

    What would outlive the event is cut off; the desk's form says so before.
    """
    lock(event)
    moments = (opens_at, deadline_at, shutdown_at or deadline_at)
    opens, deadline, shutdown = rules.within_event(moments, event.ends_at)
    window = Window(
        event_id=event.id,
        purpose=purpose,
        opens_at=opens,
        deadline_at=deadline,
        shutdown_at=shutdown,
        waiting_list=waiting_list,
    )
    db.session.add(window)
    db.session.flush()
    return window


def publish(event: Event) -> None:
    """Let the public see it."""
    lock(event)
    _step(event, EventState.PUBLISHED)


def unpublish(event: Event) -> None:
    """Nobody outside sees it any more. Who is enrolled or has applied is asked above."""
    lock(event)
    _step(event, EventState.DRAFT)


def mark_held(event: Event, *, sure: bool = True) -> None:
    """It took place: from now on it counts in figures. Refused before it begins, and before its
    end unless somebody is `sure`."""
    lock(event)
    _refuse_step(event, EventState.HELD)
    offer = rules.held_offer(event.starts_at, event.ends_at, clock.now())
    if offer is HeldOffer.TOO_EARLY:
        raise HeldTooEarly(moment=moment_text(event.starts_at))
    if offer is HeldOffer.ASK and not sure:
        raise StillRunning(moment=moment_text(event.ends_at))
    _step(event, EventState.HELD)


def take_back_held(event: Event) -> None:
    """It was not held after all, or not yet: it is as it was before, and counts nowhere.

    Whether a report counts it already is asked above, with the event locked.
    """
    if event.state is not EventState.HELD:
        raise EventStepNotPossible(state=event.state, wanted=EventState.PUBLISHED)
    event.state = rules.before_it_was_held(one.verb for one in audit.of("event", event.id))
    audit.record("event", event.id, EventVerb.HELD_TAKEN_BACK)


def locked(event_id: int) -> Event:
    """The event as it is now, which nobody else changes until this transaction ends."""
    event = queries.event(event_id)
    lock(event)
    return event


def keep_held(year: int) -> None:
    """No event of the year stops being held until this transaction ends."""
    start, end = clock.year_bounds(year)
    held = select(Event.id).where(
        Event.state == EventState.HELD, Event.starts_at >= start, Event.starts_at < end
    )
    db.session.scalars(held.order_by(Event.id).with_for_update(read=True)).all()


def cancel(event: Event, because: str = "", *, sure: bool = True) -> None:
    """It will not take place; once it has begun only if somebody is `sure`. Who enrolled is told
    by the capability that enrolled them."""
    lock(event)
    if not sure and clock.now() >= event.starts_at:
        raise HasBegun(moment=moment_text(event.starts_at))
    event.sequence += 1
    event.called_off_because = because
    _step(event, EventState.CANCELLED)


def move(
    event: Event,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    address: str,
    *,
    sure: bool = True,
) -> None:
    """Another time or place; calendars hear of it by the sequence. Into the past only if somebody
    is `sure`; a window that would outlive the event ends with it."""
    lock(event)
    was, becomes = (event.starts_at, event.ends_at), (starts_at, ends_at)
    past = rules.moved_into_past(was, becomes, clock.now())
    if past and not sure:
        raise GoesIntoThePast(moment=moment_text(past))
    for session in db.session.scalars(select(Session).where(Session.event_id == event.id)):
        session.starts_at = clock.shifted(session.starts_at, event.starts_at, starts_at)
        session.ends_at = clock.shifted(session.ends_at, event.starts_at, starts_at)
    event.starts_at, event.ends_at = starts_at, ends_at
    event.place, event.address = place, address
    for window in queries.windows(event.id).values():
        moments = (window.opens_at, window.deadline_at, window.shutdown_at)
        window.opens_at, window.deadline_at, window.shutdown_at = rules.within_event(
            moments, ends_at
        )
    event.sequence += 1
    _step(event, EventState.MOVED)


def signer(event_id: int) -> Callable[[bytes], bytes]:
    """A function that signs for the event (64 bytes, Ed25519); the key is opened once."""
    private: Ed25519PrivateKey = signing.opened_private_key(wrapping_key(), _sealed(event_id))
    return private.sign


def sign(event_id: int, message: bytes) -> bytes:
    """64 bytes of signature for the event."""
    return signer(event_id)(message)


def _sealed(event_id: int) -> bytes:
    return db.session.scalars(
        select(EventKey.sealed_private).where(EventKey.event_id == event_id)
    ).one()


def lock(event: Event) -> None:
    """The event as it is now, in the same object; nobody else changes it until the end."""
    db.session.flush()
    # Not against those who enrol: their rows only point at the event's.
    db.session.refresh(event, with_for_update={"key_share": True})


def _refuse_step(event: Event, following: EventState) -> None:
    if not rules.may_become(event.state, following):
        raise EventStepNotPossible(state=event.state, wanted=following)


def _step(event: Event, following: EventState) -> None:
    _refuse_step(event, following)
    event.state = following
    audit.record("event", event.id, EventVerb(following.value))
