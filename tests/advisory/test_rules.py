"""The steps of a requisition, and when a level is steady."""

import pytest

from app.advisory.rules import (
    RequisitionState,
    Trend,
    may_become,
    next_state,
    rose_every_year,
    trend,
)

S = RequisitionState


def test_a_requisition_goes_on_one_step_at_a_time() -> None:
    assert next_state(S.REQUESTED) is S.AGREED
    assert next_state(S.CLOSED) is None
    assert may_become(S.AGREED, S.SCHEDULED)
    assert not may_become(S.AGREED, S.HELD)
    assert not may_become(S.HELD, S.AGREED)


def test_a_requisition_may_be_closed_from_anywhere_but_once() -> None:
    assert all(may_become(state, S.CLOSED) for state in S if state is not S.CLOSED)
    assert not may_become(S.CLOSED, S.CLOSED)


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [(139, 145, Trend.STEADY), (118, 139, Trend.RISING), (145, 96, Trend.FALLING),
     (100, 105, Trend.STEADY), (100, 106, Trend.RISING), (100, 95, Trend.STEADY),
     (100, 94, Trend.FALLING), (0, 5, Trend.UNKNOWN)],
)  # fmt: skip
def test_a_level_is_steady_within_five_percent(before: int, now: int, expected: Trend) -> None:
    assert trend(before, now) is expected


def test_numbers_rose_every_year_only_if_each_is_above_the_one_before() -> None:
    assert rose_every_year([96, 118, 139])
    assert not rose_every_year([96, 118, 118])
    assert not rose_every_year([96])
