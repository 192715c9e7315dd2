"""Moving an event and calling it off, of any kind, and taking that back for two minutes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.core import clock, outbox
from app.core.database import db
from app.core.outbox import Letter
from app.events import queries as events
from app.events.models import Event, EventChange
from app.events.rules import TAKE_BACK_WITHIN
from app.events.services import editing, scheduling
from app.lifecycle import emails, queries, refusals
from app.lifecycle.services import closing
from app.stage.services import ending as stages
from app.workshops.emails import Whereabouts
from app.workshops.services import planning, seats


def move(
    event_id: int,
    starts_at: datetime,
    ends_at: datetime,
    place: str,
    address: str,
    *,
    sure: bool = True,
) -> int:
    """Another time or place; everyone enrolled, waiting or applying is told in two minutes."""
    event = _locked(event_id)
    was, before = Whereabouts.of(event), editing.standing(event)
    stages.shift(event_id, event.starts_at, starts_at)
    scheduling.move(event, starts_at, ends_at, place, address, sure=sure)
    due_at = clock.now() + TAKE_BACK_WITHIN
    letters = planning.tell_moved(event, was, due_at) + emails.moved(event, was, due_at)
    return _noted(event, before, letters)


def call_off(event_id: int, because: str, *, sure: bool = True) -> int:
    """It does not take place: its applications end, its stalls are free, and everyone is told why
    in two minutes. Nobody is told of what is over: they know."""
    event = _locked(event_id)
    before = editing.standing(event)
    scheduling.cancel(event, because, sure=sure)
    stages.call_off(event_id)
    now, letters = clock.now(), []
    if now < event.ends_at:
        due_at = now + TAKE_BACK_WITHIN
        letters = planning.tell_called_off(event, due_at) + emails.called_off(event, due_at)
    return _noted(event, {**before, **closing.close(event)}, letters)


def take_back(event_id: int) -> None:
    """As it was before the last move or calling off, while none of its letters has left."""
    event = _locked(event_id)
    change = events.change_to_take_back(event_id)
    # The worker may take one of them up at this very moment: then all of them go.
    if change is None or outbox.call_back(change.letters) != len(change.letters):
        raise refusals.TooLateToTakeBack
    change.taken_back_at = clock.now()
    moved = event.starts_at
    stages.revive(event_id)
    editing.restore(event, change.before)
    closing.reopen(change.before)
    stages.shift(event_id, moved, event.starts_at)
    db.session.flush()


def _locked(event_id: int) -> Event:
    """The event as it is now; where it has places, doors learn of a change by their version, and
    that row is held first, as by all who enrol."""
    if queries.used(event_id, ["workshops"]):
        seats.relist(seats.locked(event_id))
    return scheduling.locked(event_id)


def _noted(event: Event, before: Mapping[str, Any], letters: list[Letter]) -> int:
    db.session.flush()
    change = EventChange(
        event_id=event.id,
        before=dict(before),
        letters=[letter.id for letter in letters],
        made_at=clock.now(),
    )
    db.session.add(change)
    db.session.flush()
    return len(letters)
