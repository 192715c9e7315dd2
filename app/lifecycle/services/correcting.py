"""Correcting an event from its own page."""

from __future__ import annotations

from collections.abc import Mapping

from app.events import queries as events
from app.events.models import Event
from app.events.services import editing, scheduling
from app.events.services.editing import SignUp
from app.lifecycle import queries, refusals
from app.stage.services import ending as stages


def event_to_correct(slug: str) -> Event:
    """The event under its lock: what is read of it stays until what is written stands."""
    event = events.event_by_slug(slug)
    scheduling.lock(event)
    return event


def correct(event: Event, facts: Mapping[str, object], sign_up: SignUp) -> None:
    """Take over what the form says, of an event under its lock (`event_to_correct`); the kind
    only while nothing hangs on the event."""
    if facts.get("kind", event.kind) != event.kind and queries.has_parts(event.id):
        raise refusals.KindStays
    began = event.starts_at
    editing.correct(event, facts)
    stages.shift(event.id, began, event.starts_at)
    editing.set_sign_up(event, sign_up)
