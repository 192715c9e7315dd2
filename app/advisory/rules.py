"""How a requisition goes from request to close, and how steady the yearly numbers are."""

from collections.abc import Sequence
from datetime import date, datetime, time
from enum import StrEnum
from itertools import pairwise

from app.core.audit_verbs import AuditVerb
from app.core.clock import COPENHAGEN, local_time


class TaskKind(StrEnum):
    """Advice in passing, or a requisition that is a case of its own."""

    ADVICE = "advice"
    REQUISITION = "requisition"


class RequisitionState(StrEnum):
    """Where a requisition stands."""

    REQUESTED = "requested"
    AGREED = "agreed"
    SCHEDULED = "scheduled"
    HELD = "held"
    CLOSED = "closed"


class Trend(StrEnum):
    """How a number went from the years before to this one."""

    RISING = "rising"
    STEADY = "steady"
    FALLING = "falling"
    UNKNOWN = "unknown"


ORDER = list(RequisitionState)
BEFORE_WORKSHOP = frozenset(ORDER[:3])
"""Where a requisition may still be made a workshop; it then is scheduled."""
STEADY_WITHIN = 5
"""Percent up or down within which a level counts as steady."""


def moment_of(day: date | None, now: datetime) -> datetime:
    """When something of that day is counted: now if it is today's, else at noon in Copenhagen."""
    if day is None or day == local_time(now).date():
        return now
    return datetime.combine(day, time(12), COPENHAGEN)


def next_state(state: RequisitionState) -> RequisitionState | None:
    """The state that comes next; none after the last."""
    place = ORDER.index(state) + 1
    return ORDER[place] if place < len(ORDER) else None


def may_become(state: RequisitionState, wanted: RequisitionState) -> bool:
    """Only forward, one step at a time; but whatever ends early may be closed at once."""
    if wanted is RequisitionState.CLOSED:
        return state is not RequisitionState.CLOSED
    return next_state(state) is wanted


def trend(before: int, now: int) -> Trend:
    """Steady if within five percent of the number before, counted with integers."""
    if before <= 0:
        return Trend.UNKNOWN
    if abs(now - before) * 100 <= STEADY_WITHIN * before:
        return Trend.STEADY
    return Trend.RISING if now > before else Trend.FALLING


def rose_every_year(numbers: Sequence[int]) -> bool:
    """Whether each number, oldest first, is above the one before; two are needed to say so."""
    steps = list(pairwise(numbers))
    return bool(steps) and all(later > earlier for earlier, later in steps)


class AdvisoryVerb(AuditVerb):
    """What the audit trail says was done to a request for advice."""

    REQUESTED = "requested"
    AGREED = "agreed"
    SCHEDULED = "scheduled"
    HELD = "held"
    CLOSED = "closed"
    MADE_WORKSHOP = "made_workshop"
    LOGGED = "logged"
    CORRECTED = "corrected"
    TAKEN_BACK = "taken_back"
