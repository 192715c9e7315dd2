"""When a window is open, and which states may follow which."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from app.events import rules
from app.events.rules import EventState, Phase

OPENS = datetime(2026, 3, 1, 8, tzinfo=UTC)
DEADLINE = datetime(2026, 4, 1, 22, tzinfo=UTC)
SHUTDOWN = datetime(2026, 4, 8, 22, tzinfo=UTC)
SECOND = timedelta(seconds=1)


@pytest.mark.parametrize(
    ("moment", "phase"),
    [
        (OPENS - SECOND, Phase.BEFORE),
        (OPENS, Phase.OPEN),
        (DEADLINE, Phase.OPEN),
        (DEADLINE + SECOND, Phase.LATE),
        (SHUTDOWN, Phase.LATE),
        (SHUTDOWN + SECOND, Phase.CLOSED),
    ],
)
def test_a_window_changes_phase_on_the_second(moment: datetime, phase: Phase) -> None:
    assert rules.phase(OPENS, DEADLINE, SHUTDOWN, moment) is phase


def test_what_was_held_or_cancelled_stays_so() -> None:
    for ended in (EventState.HELD, EventState.CANCELLED):
        assert not any(rules.may_become(ended, wanted) for wanted in EventState)


def test_a_draft_cannot_be_held() -> None:
    assert not rules.may_become(EventState.DRAFT, EventState.HELD)
    assert rules.may_become(EventState.PUBLISHED, EventState.HELD)


@pytest.mark.parametrize("slug", ["a", "foraeldredialog-marts-2026", "x1"])
def test_an_address_of_small_letters_is_taken(slug: str) -> None:
    assert rules.is_slug(slug)


@pytest.mark.parametrize("slug", ["", "A", "forældre", "a--b", "-a", "a-", "a b", "a/b", "a" * 81])
def test_any_other_address_is_refused(slug: str) -> None:
    assert not rules.is_slug(slug)
    assert not rules.may_be_chosen(slug)


@pytest.mark.parametrize(("slug", "free"), [("new", False), ("topics", False), ("new-year", True)])
def test_an_address_that_is_chosen_hides_no_page_of_the_desk(slug: str, free: bool) -> None:
    assert rules.may_be_chosen(slug) is free


def test_an_evening_past_midnight_is_told_by_its_hours() -> None:
    evening = datetime(2026, 11, 30, 21, tzinfo=UTC)
    assert rules.in_one_go(evening, evening + timedelta(hours=4))
    assert rules.in_one_go(evening.replace(hour=7), evening)
    assert not rules.in_one_go(evening, evening + timedelta(days=1))
