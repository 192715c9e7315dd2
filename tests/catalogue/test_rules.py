"""Which way into an event stands open."""

from __future__ import annotations

import pytest

from app.catalogue.rules import Way, few, way_in
from app.events.rules import EventState, Phase


@pytest.mark.parametrize(
    ("phase", "free", "waiting", "way"),
    [
        (None, None, False, Way.COME),
        (Phase.BEFORE, 5, True, Way.BEFORE),
        (Phase.BEFORE, None, True, Way.BEFORE),
        (Phase.OPEN, 1, False, Way.ENROL),
        (Phase.LATE, 1, False, Way.ENROL),
        (Phase.OPEN, 0, True, Way.WAIT),
        (Phase.OPEN, 0, False, Way.FULL),
        (Phase.CLOSED, 5, True, Way.CLOSED),
        (Phase.OPEN, None, True, Way.APPLY),
        (Phase.LATE, None, True, Way.APPLY_LATE),
        (Phase.LATE, None, False, Way.CLOSED),
        (Phase.CLOSED, None, True, Way.CLOSED),
    ],
)
def test_the_way_in_follows_window_and_seats(
    phase: Phase | None, free: int | None, waiting: bool, way: Way
) -> None:
    assert way_in(EventState.PUBLISHED, False, phase, free, waiting) == way


def test_a_cancelled_event_is_cancelled_even_when_it_is_over() -> None:
    assert way_in(EventState.CANCELLED, True, Phase.OPEN, 3, True) == Way.CANCELLED


@pytest.mark.parametrize(("state", "over"), [(EventState.HELD, False), (EventState.MOVED, True)])
def test_what_is_over_takes_nobody(state: EventState, over: bool) -> None:
    assert way_in(state, over, Phase.OPEN, 3, True) == Way.OVER


@pytest.mark.parametrize(
    ("free", "said"), [(None, False), (0, False), (1, True), (5, True), (6, False)]
)
def test_few_seats_are_said_loudly(free: int | None, said: bool) -> None:
    assert few(free) is said
