"""When an act may play where: within the stage's hours, apart from all others, and not twice."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

# Nobody plays shorter or longer than this.
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=6)
# By so much a slot is moved on the board.
STEP = timedelta(minutes=5)


class Ended(StrEnum):
    """Why a slot is no more."""

    TAKEN_BACK = "taken_back"
    # The act withdrew, was cancelled or lost its place.
    GIVEN_UP = "given_up"
    # Given up, and the team plays nothing then.
    LEFT_FREE = "left_free"
    CALLED_OFF = "called_off"
    # It was given, and that was taken back before anybody heard of it.
    RECALLED = "recalled"


class SlotClash(StrEnum):
    """What speaks against a time."""

    LENGTH = "length"
    OUTSIDE = "outside"
    TAKEN = "taken"
    TOO_CLOSE = "too_close"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Hours:
    """When a stage is open, and how long it takes from one act to the next."""

    opens_at: datetime
    closes_at: datetime
    change_over: timedelta


@dataclass(frozen=True, slots=True)
class Placing:
    """An act on a stage at a time; `slot_id` is 0 for one that is only asked for."""

    slot_id: int
    stage_id: int
    act_id: int
    starts_at: datetime
    ends_at: datetime


def clear_at(ends_at: datetime, change_over: timedelta) -> datetime:
    """When the next act can begin on the stage."""
    return ends_at + change_over


def overlap(one: Placing, other: Placing, apart: timedelta = timedelta(0)) -> bool:
    """Whether the two meet, or stand nearer than `apart`."""
    return one.starts_at < other.ends_at + apart and other.starts_at < one.ends_at + apart


def clash_of(
    asked: Placing, hours: Hours, standing: Iterable[Placing]
) -> tuple[SlotClash, Placing] | None:
    """What speaks against a time, with the placing that does: itself where no other stands in the
    way. `standing` are all placings of the event; the asked slot's own is passed over."""
    if not SHORTEST <= asked.ends_at - asked.starts_at <= LONGEST:
        return SlotClash.LENGTH, asked
    if asked.starts_at < hours.opens_at or asked.ends_at > hours.closes_at:
        return SlotClash.OUTSIDE, asked
    others = [one for one in standing if one.slot_id != asked.slot_id]
    on_stage = [one for one in others if one.stage_id == asked.stage_id]
    of_act = [one for one in others if one.act_id == asked.act_id]
    for clash, against, apart in (
        (SlotClash.TAKEN, on_stage, timedelta(0)),
        (SlotClash.ELSEWHERE, of_act, timedelta(0)),
        (SlotClash.TOO_CLOSE, on_stage, hours.change_over),
    ):
        for other in against:
            if overlap(asked, other, apart):
                return clash, other
    return None


def first_free(
    length: timedelta, hours: Hours, standing: Sequence[Placing], after: datetime
) -> datetime | None:
    """The first beginning from `after` on at which so long an act fits among those on the stage."""
    begins = max(after, hours.opens_at)
    for other in sorted(standing, key=lambda one: one.starts_at):
        if begins + length + hours.change_over <= other.starts_at:
            break
        begins = max(begins, other.ends_at + hours.change_over)
    return begins if begins + length <= hours.closes_at else None


def now_and_next(
    placings: Sequence[Placing], now: datetime
) -> tuple[Placing | None, Placing | None]:
    """Who plays at the moment, and who begins next, of one stage's placings."""
    ordered = sorted(placings, key=lambda one: one.starts_at)
    playing = next((one for one in ordered if one.starts_at <= now < one.ends_at), None)
    following = next((one for one in ordered if one.starts_at > now), None)
    return playing, following
