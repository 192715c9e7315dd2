"""Each source is counted by its own counter, narrowed by status, kind, topic and year."""

from collections.abc import Mapping
from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.advisory import services as advisory
from app.advisory.rules import TaskKind
from app.advisory.services import Request
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.outcomes import services
from app.outcomes.queries import figures
from app.outcomes.queries.counters import COUNTERS
from app.outcomes.rules.definitions import IndicatorKind
from app.outcomes.rules.sources import SOURCES
from app.workshops.models import Enrolment
from app.workshops.services import leaving
from tests.outcomes import making
from tests.outcomes.making import REACHED, SILENT, YEAR, Workshop

FIRST = Workshop("foerste", {"a b": REACHED, "c d": SILENT}, absent=["e f", "g h", "i j"])
AGAIN = Workshop("igen", {"a b": REACHED})
OTHER = Workshop("andet", {"k l": SILENT, "m n": SILENT, "o p": SILENT}, topic="medborgerskab")


def counted(population: Mapping[str, str], year: int = YEAR, **more: object) -> float | None:
    """What a count of this population says."""
    raw = {
        "key": "n", "kind": "count", "unit": "visit", "text": {"da": "{number}"}, "version": 1,
        "population": dict(population), **more,
    }  # fmt: skip
    with unit_of_work():
        services.define({**raw, "key": f"n_{abs(hash(str(raw)))}"})
    return figures.figure(f"n_{abs(hash(str(raw)))}", year).value


def test_every_status_of_every_source_has_its_counter() -> None:
    with_count = {
        source: frozenset(traits.statuses)
        for source, traits in SOURCES.items()
        if IndicatorKind.COUNT in traits.kinds
    }
    assert {source: frozenset(own) for source, own in COUNTERS.items()} == with_count


def test_attendances_are_counted_by_topic_kind_and_year(app: Flask) -> None:
    making.year(FIRST, AGAIN, OTHER)
    came = {"source": "attendance", "status": "attended"}
    assert counted(came) == 6
    assert counted({**came, "topic": "foraeldredialog"}) == 3
    assert counted({**came, "event_kind": "workshop"}) == 6
    assert counted({**came, "event_kind": "course"}) == 0
    assert counted(came, YEAR + 1) == 0


def test_enrolments_are_counted_by_their_state(app: Flask) -> None:
    making.year(FIRST, AGAIN)
    with at(making.SPRING - timedelta(days=2)), unit_of_work():
        absent = db.session.scalars(
            select(Enrolment.id).where(Enrolment.search_text.contains("g h"))
        ).one()
        leaving.cancel(absent)
    places = {"source": "enrolments", "topic": "foraeldredialog"}
    assert counted(places) == 5
    assert counted({**places, "status": "confirmed"}) == 5
    assert counted({**places, "status": "cancelled"}) == 1
    assert counted({**places, "status": "waitlisted"}) == 0
    people = counted({**places, "status": "cancelled"}, kind="count_distinct")
    assert people == 1
    assert counted(places, kind="count_distinct") == 4


def test_advice_is_counted_by_kind_and_by_where_it_stands(app: Flask) -> None:
    making.advice("Amina", "Bo", "Bo")
    with at(making.SPRING), unit_of_work():
        advisory.take_requisition(Request("Skolen", "Et forløb"))
    tasks = {"source": "advisory_tasks"}
    assert counted({**tasks, "status": "closed"}) == 4
    assert counted({**tasks, "task_kind": TaskKind.ADVICE.value}) == 4
    assert counted({**tasks, "task_kind": TaskKind.REQUISITION.value}) == 0
    assert counted({**tasks, "status": "open"}) == 1
    assert counted({**tasks, "status": "open", "task_kind": "advice"}) == 0
    assert counted(tasks, YEAR - 1) == 0
    assert counted(tasks, kind="count_distinct") == 2


@pytest.mark.parametrize(("answers", "shown"), [(5, 5), (4, None)])
def test_answers_are_counted_where_they_are_enough(
    app: Flask, answers: int, shown: int | None
) -> None:
    making.load("inclusion_panel")
    making.panel({"minority": [50] * answers})
    panel = {"instrument": "inclusion_panel", "instrument_versions": [1]}
    assert counted({"source": "responses"}, **panel) == shown
