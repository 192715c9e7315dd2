"""When an act may play where; no order of giving, moving and dropping makes an overlap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from app.stage.rules.placing import (
    Hours,
    Placing,
    SlotClash,
    clash_of,
    clear_at,
    first_free,
    now_and_next,
    overlap,
)

NOON = datetime(2026, 8, 22, 12, tzinfo=UTC)
CHANGE = timedelta(minutes=10)
HOURS = Hours(NOON, NOON + timedelta(hours=4), CHANGE)


def placing(slot: int, begins: int, length: int = 30, stage: int = 1, act: int = 0) -> Placing:
    """So many minutes after noon; each slot has an act of its own unless one is named."""
    starts = NOON + timedelta(minutes=begins)
    return Placing(slot, stage, act or slot, starts, starts + timedelta(minutes=length))


def said(asked: Placing, *standing: Placing) -> SlotClash | None:
    against = clash_of(asked, HOURS, standing)
    return against and against[0]


def test_a_stage_takes_one_act_at_a_time_and_the_change_over_between() -> None:
    first = placing(1, 60)
    assert said(placing(2, 60), first) is SlotClash.TAKEN
    assert said(placing(2, 89), first) is SlotClash.TAKEN
    assert said(placing(2, 90), first) is SlotClash.TOO_CLOSE
    assert said(placing(2, 99), first) is SlotClash.TOO_CLOSE
    assert said(placing(2, 100), first) is None
    assert said(placing(2, 21), first) is SlotClash.TOO_CLOSE
    assert said(placing(2, 20), first) is None


def test_another_stage_is_free_but_not_for_an_act_that_plays_then() -> None:
    first = placing(1, 60, act=7)
    assert said(placing(2, 60, stage=2), first) is None
    assert said(placing(2, 89, stage=2, act=7), first) is SlotClash.ELSEWHERE
    assert said(placing(2, 90, stage=2, act=7), first) is None


def test_a_slot_lies_within_the_hours_and_is_neither_a_moment_nor_a_day() -> None:
    assert said(placing(1, 0)) is None
    assert said(placing(1, 210)) is None
    assert said(placing(1, -1)) is SlotClash.OUTSIDE
    assert said(placing(1, 211)) is SlotClash.OUTSIDE
    assert said(placing(1, 0, length=4)) is SlotClash.LENGTH
    assert said(placing(1, 0, length=361)) is SlotClash.LENGTH


def test_a_slot_that_is_moved_is_not_in_its_own_way() -> None:
    first = placing(1, 60)
    assert said(placing(1, 65), first) is None


def test_the_first_free_time_leaves_room_on_both_sides() -> None:
    half = timedelta(minutes=30)
    standing = [placing(1, 40), placing(2, 100)]
    assert first_free(half, HOURS, standing, NOON) == NOON
    assert first_free(half, HOURS, standing, NOON + CHANGE) == NOON + timedelta(minutes=140)
    assert first_free(timedelta(hours=3), HOURS, standing, NOON) is None


def test_now_and_next() -> None:
    first, second = placing(1, 0), placing(2, 60)
    at = [NOON + timedelta(minutes=minutes) for minutes in (-1, 0, 30, 60, 90)]
    assert [now_and_next([second, first], moment) for moment in at] == [
        (None, first),
        (first, second),
        (None, second),
        (second, None),
        (None, None),
    ]


WANTED = st.builds(
    placing,
    slot=st.integers(1, 8),
    begins=st.integers(-30, 250),
    length=st.integers(1, 60),
    stage=st.integers(1, 2),
    act=st.integers(1, 3),
)


@given(st.lists(st.tuples(WANTED, st.booleans()), max_size=30))
def test_no_sequence_makes_an_overlap(steps: list[tuple[Placing, bool]]) -> None:
    """Giving, moving (the number stands already) and dropping, in any order."""
    standing: dict[int, Placing] = {}
    for asked, dropped in steps:
        if dropped:
            standing.pop(asked.slot_id, None)
        elif clash_of(asked, HOURS, standing.values()) is None:
            standing[asked.slot_id] = asked
        for one, other in combinations(standing.values(), 2):
            assert not (one.stage_id == other.stage_id and overlap(one, other, CHANGE))
            assert not (one.act_id == other.act_id and overlap(one, other))


@given(WANTED, WANTED)
def test_ranges_with_the_change_over_behind_say_the_same(one: Placing, other: Placing) -> None:
    """The database keeps from the beginning to the moment at which the stage is clear."""
    ranges = one.starts_at < clear_at(other.ends_at, CHANGE) and other.starts_at < clear_at(
        one.ends_at, CHANGE
    )
    assert ranges == overlap(one, other, CHANGE)
