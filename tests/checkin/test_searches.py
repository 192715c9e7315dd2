"""What a search by name takes of a phone's allowance."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.checkin.rules.searches import MOST_SPENT, WINDOW, cost_of, is_short, window_of


@pytest.mark.parametrize("text", ["", "a", "bo", "a b", "bo li", "Ål", "%", "ab-cd"])
def test_searches_of_two_letters_are_dear(text: str) -> None:
    assert is_short(text)
    assert MOST_SPENT // cost_of(text) == 60


@pytest.mark.parametrize(("text", "times"), [("ali", 200), ("ali b", 200), ("amin", 3000)])
def test_longer_ones_cost_less(text: str, times: int) -> None:
    assert not is_short(text)
    assert MOST_SPENT // cost_of(text) == times


def test_windows_follow_each_other_by_the_clock() -> None:
    noon = datetime(2026, 3, 28, 12, tzinfo=UTC)
    within = [window_of(noon + timedelta(seconds=late)) for late in (0, WINDOW - 1, WINDOW)]
    assert [begins - within[0] for begins in within] == [0, 0, WINDOW]
