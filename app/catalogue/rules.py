"""Which way into an event stands open for a visitor."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from app.core import clock
from app.events.rules import EventState, Phase
from app.workshops.rules.places import fits


class Way(StrEnum):
    """What the event's page offers."""

    ENROL = "enrol"
    WAIT = "wait"
    FULL = "full"
    APPLY = "apply"
    APPLY_LATE = "apply_late"
    BEFORE = "before"
    CLOSED = "closed"
    OVER = "over"
    CANCELLED = "cancelled"
    COME = "come"


class Soon(StrEnum):
    """How one says of an event that it is on now or tomorrow."""

    TODAY = "today"
    TOMORROW = "tomorrow"


FEW_SEATS = 5
# How long before its day a festival stands first on the front page.
SEASON = timedelta(days=120)


def soon(starts_at: datetime, ends_at: datetime, now: datetime) -> Soon | None:
    """Whether it is today or tomorrow by the clocks of Copenhagen; None where it is neither."""
    first, last, today = (clock.local_time(moment).date() for moment in (starts_at, ends_at, now))
    if now <= ends_at and first <= today <= last:
        return Soon.TODAY
    return Soon.TOMORROW if first == today + timedelta(days=1) else None


def in_season(festival: bool, starts_at: datetime, way: Way, now: datetime) -> bool:
    """Whether it stands first: a festival that is near, or that takes applications."""
    if not festival or way in (Way.CANCELLED, Way.OVER):
        return False
    return starts_at - now <= SEASON or way in (Way.APPLY, Way.APPLY_LATE)


def way_in(state: str, over: bool, phase: Phase | None, free: int | None, waiting: bool) -> Way:
    """What a visitor can do; no window: `phase` is None, no counted seats: `free` is None."""
    if state == EventState.CANCELLED:
        return Way.CANCELLED
    if over or state == EventState.HELD:
        return Way.OVER
    if phase is None:
        return Way.COME
    if phase == Phase.BEFORE:
        return Way.BEFORE
    return _way_by_window(phase, free, waiting)


def _way_by_window(phase: Phase, free: int | None, waiting: bool) -> Way:
    if phase == Phase.CLOSED or (phase == Phase.LATE and free is None and not waiting):
        return Way.CLOSED
    if free is None:
        return Way.APPLY if phase == Phase.OPEN else Way.APPLY_LATE
    if fits(1, free):
        return Way.ENROL
    return Way.WAIT if waiting else Way.FULL


def few(free: int | None) -> bool:
    """Whether so few seats are left that it should be said loudly."""
    return free is not None and fits(1, free) and free <= FEW_SEATS
