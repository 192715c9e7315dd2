"""Kinds and states of events, and when a window takes sign-ups."""

from __future__ import annotations

import re
from datetime import datetime
from enum import StrEnum


class EventKind(StrEnum):
    """What sort of event."""

    FESTIVAL = "festival"
    CELEBRATION = "celebration"
    WORKSHOP = "workshop"
    COURSE = "course"
    MEETING = "meeting"


class EventState(StrEnum):
    """Only `held` counts in figures."""

    DRAFT = "draft"
    PUBLISHED = "published"
    MOVED = "moved"
    HELD = "held"
    CANCELLED = "cancelled"


class Purpose(StrEnum):
    """What a window takes."""

    APPLICATIONS = "applications"
    ENROLMENTS = "enrolments"


class Phase(StrEnum):
    """Where a window stands: late means after the deadline, before the shutdown."""

    BEFORE = "before"
    OPEN = "open"
    LATE = "late"
    CLOSED = "closed"


# Which states may follow which.
FOLLOWS: dict[EventState, frozenset[EventState]] = {
    EventState.DRAFT: frozenset({EventState.PUBLISHED, EventState.CANCELLED}),
    EventState.PUBLISHED: frozenset({EventState.MOVED, EventState.HELD, EventState.CANCELLED}),
    EventState.MOVED: frozenset({EventState.MOVED, EventState.HELD, EventState.CANCELLED}),
    EventState.HELD: frozenset(),
    EventState.CANCELLED: frozenset(),
}
PUBLIC_STATES = frozenset(EventState) - {EventState.DRAFT}
RUNNING = frozenset({EventState.PUBLISHED, EventState.MOVED})
# Kinds that people enrol in; the others are walked into or applied to.
WITH_ENROLMENT = frozenset({EventKind.WORKSHOP, EventKind.COURSE, EventKind.MEETING})

_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def phase(opens: datetime, deadline: datetime, shutdown: datetime, now: datetime) -> Phase:
    """Where a window stands at a moment."""
    if now < opens:
        return Phase.BEFORE
    if now <= deadline:
        return Phase.OPEN
    return Phase.LATE if now <= shutdown else Phase.CLOSED


def may_become(state: EventState, wanted: EventState) -> bool:
    """Whether an event in this state may go to the wanted one."""
    return wanted in FOLLOWS[state]


def is_slug(text: str) -> bool:
    """Lower-case letters, digits and single hyphens, 80 at most."""
    return len(text) <= 80 and _SLUG.fullmatch(text) is not None
