"""How an application moves: into its first state, from verb to verb, and out of time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from app.applications.rules.states import (
    CONFIRM_DAYS,
    LEAST_NOTICE,
    LIVE,
    MOVES,
    State,
    StateReason,
    Verb,
)


@dataclass(frozen=True, slots=True)
class FirstState:
    """How a first submission is taken: its state, and why it waits if it does."""

    state: State
    reason: StateReason | None = None


class Shut(StrEnum):
    """Why a first submission is not taken."""

    NOT_YET = "not_yet"
    CLOSED = "closed"


class Offer(StrEnum):
    """Where the offer of a place stands; anything but `open` ends the link in its letter."""

    OPEN = "open"
    TAKEN = "taken"
    GIVEN_UP = "given_up"
    TOO_LATE = "too_late"
    OVER = "over"


def moved(state: str, verb: Verb) -> State | None:
    """The state after the verb; None where the verb does not apply."""
    return MOVES[verb].get(State(state))


def possible(state: str, verb: Verb) -> bool:
    return State(state) in MOVES[verb]


def entry(phase: str, waiting_list: bool) -> FirstState | Shut:
    """How an application is taken in that phase of its window ("before open late closed")."""
    if phase == "before":
        return Shut.NOT_YET
    if phase == "open":
        return FirstState(State.SUBMITTED)
    if phase == "late" and waiting_list:
        return FirstState(State.WAITLISTED, StateReason.LATE)
    return Shut.CLOSED


def may_edit(state: str, now: datetime, starts_at: datetime) -> bool:
    """A live application may be changed until the event begins."""
    return State(state) in LIVE and now < starts_at


def confirm_by(now: datetime, starts_at: datetime, days: int = CONFIRM_DAYS) -> datetime:
    """The deadline for confirming: so many days, but in good time before the event."""
    return max(now, min(now + timedelta(days=days), starts_at - LEAST_NOTICE))


def lapsed(state: str, deadline: datetime | None, now: datetime) -> bool:
    """An accepted place that nobody confirmed in time."""
    return state == State.ACCEPTED and deadline is not None and now > deadline


def offer(state: str, reason: str, deadline: datetime | None, now: datetime) -> Offer:
    """Where the offer of a place stands for whoever comes by the link in its letter."""
    if reason == StateReason.UNCONFIRMED or lapsed(state, deadline, now):
        return Offer.TOO_LATE
    if state == State.ACCEPTED:
        return Offer.OPEN
    return {State.CONFIRMED: Offer.TAKEN, State.WITHDRAWN: Offer.GIVEN_UP}.get(
        State(state), Offer.OVER
    )


def average(scores: list[int]) -> float | None:
    """The mean of the scores; None before anybody scored."""
    return sum(scores) / len(scores) if scores else None
