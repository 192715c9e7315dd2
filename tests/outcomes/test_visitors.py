"""What the gates counted reaches the yearly figure and the report, through every layer between."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import pytest

from app.core.unit_of_work import unit_of_work
from app.crowd.rules.estimates import Passages
from app.crowd.services import corrections, tallies
from app.events.queries import event
from app.outcomes.queries import estimates, figures
from app.outcomes.services import Judgement, record_estimate
from app.reports.drawing.plain_text import rendered
from app.reports.queries import facts as reports
from tests.statements import Statements
from tests.surveys.making import held_festival

pytestmark = pytest.mark.usefixtures("app")

DAY = datetime(2010, 6, 12, 10, tzinfo=UTC)


def count(event_id: int, device: str, entered: int, left: int) -> None:
    """Where a counter stands."""
    with unit_of_work():
        tallies.count(tallies.Counter(event_id, device, "A"), Passages(entered, left), DAY, DAY)


def figure() -> tuple[int | float | None, int | float | None, int | float | None]:
    """Value, lowest and highest of the year's visitors."""
    found = figures.figure("visitors", 2010)
    return found.value, found.low, found.high


def test_a_changed_count_moves_the_figure_and_the_report() -> None:
    festival = held_festival("international-dag", DAY)
    assert figure() == (None, None, None)
    count(festival, "1", 12_000, 9_000)
    count(festival, "2", 7_000, 10_000)
    assert figure() == (19_000, 18_939, 19_061)
    count(festival, "2", 8_000, 10_000)
    assert figure() == (20_000, 19_938, 20_062)
    judged = estimates.newest_estimates(2010, "festival")[0].estimate
    assert "20.000" in judged.method
    assert "20.000" in rendered(reports.paper(2010))
    with unit_of_work():
        corrections.correct(festival, "A", Passages(-500, 0), "counted twice")
    assert figure()[0] == 19_500


def test_a_noted_estimate_goes_before_the_count() -> None:
    festival = held_festival("international-dag", DAY)
    count(festival, "1", 12_000, 0)
    with unit_of_work():
        judgement = Judgement(20_000, 17_000, 23_000, "Counted for an hour", "The team")
        record_estimate(event(festival), judgement)
    assert figure() == (20_000, 17_000, 23_000)


def test_two_festivals_cost_no_more_statements_than_one(
    statements: Callable[[], AbstractContextManager[Statements]],
) -> None:
    count(held_festival("one", DAY), "1", 100, 0)
    with statements() as few:
        estimates.newest_estimates(2010, "festival")
    count(held_festival("two", DAY), "1", 200, 0)
    with statements() as many:
        judged = estimates.newest_estimates(2010, "festival")
    assert [one.estimate.value for one in judged] == [100, 200]
    assert len(few) == len(many) == 2
