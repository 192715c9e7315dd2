"""What comes first of what there is to do, and how near a day is."""

from __future__ import annotations

from datetime import date

import pytest

from app.home.rules import Near, Task, near, urgency

SOONER = date(2026, 6, 12)
LATER = date(2026, 6, 30)


def test_what_has_a_last_day_comes_before_what_has_none() -> None:
    tasks = [(Task.CONFIRM, None), (Task.APPLY, LATER), (Task.SURVEY, SOONER)]
    ordered = sorted(tasks, key=lambda task: urgency(*task, 0))
    assert [task for task, _day in ordered] == [Task.SURVEY, Task.APPLY, Task.CONFIRM]


def test_of_one_day_the_more_binding_comes_first_then_the_older() -> None:
    tasks = [(Task.APPLY, LATER, 1), (Task.ANSWER, LATER, 9), (Task.ANSWER, LATER, 3)]
    ordered = sorted(tasks, key=lambda task: urgency(*task))
    assert [number for _task, _day, number in ordered] == [3, 9, 1]


@pytest.mark.parametrize(
    ("day", "how"),
    [(11, Near.GONE), (12, Near.TODAY), (13, Near.TOMORROW), (14, Near.LATER), (30, Near.LATER)],
)
def test_a_day_is_as_near_as_one_says(day: int, how: Near) -> None:
    assert near(date(2026, 6, day), date(2026, 6, 12)) is how
