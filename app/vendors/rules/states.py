"""The states of a holding, how long a hold lasts, and what a stall shows because of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

HOLD = timedelta(days=14)
"""How long a stall is kept for somebody who has not confirmed yet."""


class HoldingState(StrEnum):
    HELD = "held"
    CONFIRMED = "confirmed"
    ENDED = "ended"


LIVE = (HoldingState.HELD, HoldingState.CONFIRMED)


class StallState(StrEnum):
    """What the plan shows; SHARED means that one part is taken and another is free."""

    FREE = "free"
    SHARED = "shared"
    HELD = "held"
    CONFIRMED = "confirmed"
    BLOCKED = "blocked"


def opening_state(*, application_is_confirmed: bool) -> HoldingState:
    return HoldingState.CONFIRMED if application_is_confirmed else HoldingState.HELD


def held_until(state: HoldingState, now: datetime, wanted: datetime | None) -> datetime | None:
    """A confirmed holding has no end; a hold ends when somebody says, or after two weeks."""
    if state is HoldingState.CONFIRMED:
        return None
    return wanted or now + HOLD


def has_run_out(state: HoldingState, until: datetime | None, now: datetime) -> bool:
    """A hold is over in the very second that it was held until."""
    return state is HoldingState.HELD and until is not None and until <= now


def stall_state(blocked: bool, shares: int, holdings: Iterable[HoldingState]) -> StallState:
    """`holdings` are the live ones; a blocked stall stays blocked whoever stood there."""
    live = list(holdings)
    if blocked:
        return StallState.BLOCKED
    if not live:
        return StallState.FREE
    if len(live) < shares:
        return StallState.SHARED
    if HoldingState.HELD in live:
        return StallState.HELD
    return StallState.CONFIRMED
