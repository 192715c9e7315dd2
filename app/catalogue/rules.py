"""Which way into an event stands open for a visitor."""

from __future__ import annotations

from enum import StrEnum

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


FEW_SEATS = 5


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
