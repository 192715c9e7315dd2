"""A definition that no longer fits says so itself; every other figure stays as it was."""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.refusals import Invalid
from app.core.unit_of_work import unit_of_work
from app.outcomes import services
from app.outcomes.models import Indicator
from app.outcomes.queries import figures, indicators
from app.people import services as people
from app.questions.models import Questionnaire, QuestionnaireVersion
from tests.outcomes import making
from tests.outcomes.making import NOT_REACHED, REACHED, YEAR
from tests.outcomes.test_figures import RAW
from tests.pages import InspectingClient
from tests.statements import Statements

MANY = making.crowd("mange", *[REACHED] * 7, *[NOT_REACHED] * 3)
TYPED_WRONG: dict[str, Any] = {
    "key": "own", "version": 2, "kind": "count", "unit": "visit", "text": {"da": "{number}"},
    "name": {"da": "Vores egen"}, "population": {"source": "attendance", "event_kind": "worksohp"},
}  # fmt: skip


@pytest.fixture
def analyst(app: Flask, client: InspectingClient) -> InspectingClient:
    """A signed-in analyst who reads Danish, in a year with answers."""
    making.year(MANY)
    with unit_of_work():
        people.add_staff("signe@torvet.example", StaffRole.ANALYST, "Signe")
        token = people.sign_in("signe@torvet.example")
    with client.session_transaction() as own:
        own["sid"] = token
        own["language"] = "da"
    return client


def lay(raw: Any, key: str = "own", version: int = 2) -> None:
    """Put a definition where an earlier release, or nobody's check, has left it."""
    with unit_of_work():
        db.session.add(
            Indicator(
                key=key, version=version, content=raw, content_hash="0" * 64,
                defined_at=clock.now(),
            )
        )  # fmt: skip


def test_a_typing_error_that_lies_there_spoils_its_own_figure_alone(
    analyst: InspectingClient,
) -> None:
    lay(TYPED_WRONG)
    page = analyst.page(f"/desk/outcomes/?year={YEAR}")
    assert "70 %" in page.text.replace("\N{NO-BREAK SPACE}", " ")
    assert "Vores egen" in page.text
    assert f"/desk/outcomes/own?year={YEAR}" in page.links()
    own = analyst.page(f"/desk/outcomes/own?year={YEAR}").text
    assert "population.event_kind" in own
    assert "»event_kind« er en af festival, celebration, workshop" in own
    assert "outcomes define own.json" in own
    assert "nummer 3" in own


@pytest.mark.parametrize("raw", [{}, {"key": "own"}, {"name": 5}, {"population": None}, {"x": []}])
def test_whatever_lies_there_the_page_stands(analyst: InspectingClient, raw: Any) -> None:
    lay(raw)
    assert "70" in analyst.page(f"/desk/outcomes/?year={YEAR}").text
    analyst.page(f"/desk/outcomes/own?year={YEAR}")


def test_a_question_that_is_gone_is_told_at_the_indicator(analyst: InspectingClient) -> None:
    answered = {"op": "answered", "q": "coop"}
    about_advice = {"instrument": "advice_followup", "eligible": answered, "success": answered}
    making.load("advice_followup")
    with unit_of_work():
        services.define({**RAW, "key": "own", "version": 1, **about_advice})
    assert indicators.definition("own").flaws == ()
    with unit_of_work():
        gone = select(Questionnaire.id).where(Questionnaire.key == "advice_followup")
        db.session.execute(
            delete(QuestionnaireVersion).where(QuestionnaireVersion.questionnaire_id.in_(gone))
        )
    assert "70" in analyst.page(f"/desk/outcomes/?year={YEAR}").text
    own = analyst.page(f"/desk/outcomes/own?year={YEAR}").text
    assert "Der findes ingen version 1 af »advice_followup«" in own


def test_the_report_stands_without_an_indicator_that_cannot_be_counted(
    analyst: InspectingClient, app: Flask
) -> None:
    wrong = {"op": "eq", "q": "still_wroking", "v": "yes"}
    lay({**RAW, "version": 4, "eligible": wrong, "name": {"da": "Egne mål"}}, "fd_goals", 4)
    report = analyst.page(f"/desk/reports/{YEAR}").text
    assert "Afholdt 1 workshop i forældredialog for 10 professionelle" in report
    assert "Egne mål: kan ikke opgøres, før definitionen er rettet" in report
    analyst.send(f"/desk/reports/{YEAR}/lock", {})


def test_machines_and_commands_are_told_what_is_wrong(app: Flask, client: InspectingClient) -> None:
    lay(TYPED_WRONG)
    with unit_of_work():
        token = people.issue_api_token("report", ["read"])
    headers = {"Authorization": f"Bearer {token}"}
    answer = client.get(f"/api/v1/outcomes/own?year={YEAR}", headers=headers).get_json()
    assert (answer["value"], answer["population"]) == (None, None)
    assert "workshop" in answer["flaws"][0]
    assert client.get(f"/api/v1/outcomes/own?year={YEAR}&by=kind", headers=headers).get_json() == []
    shown = app.test_cli_runner().invoke(args=["outcomes", "show", "own", "--year", str(YEAR)])
    assert shown.exit_code == 0, shown.output
    assert "kan ikke opgøres" in shown.output
    assert "population.event_kind" in shown.output
    shown = app.test_cli_runner().invoke(
        args=["outcomes", "show", "own", "--year", str(YEAR), "--json"]
    )
    assert "workshop" in json.loads(shown.output)["flaws"][0]


def test_a_definition_is_refused_at_its_fields(app: Flask, tmp_path: Path) -> None:
    with pytest.raises(Invalid) as refusal:
        services.define(TYPED_WRONG)
    assert refusal.value.errors.keys() == {"population.event_kind"}
    file = tmp_path / "own.json"
    file.write_text(json.dumps(TYPED_WRONG))
    answer = app.test_cli_runner().invoke(args=["outcomes", "define", str(file)])
    assert answer.exit_code == 1
    assert "population.event_kind: »event_kind« er en af festival" in answer.output
    with pytest.raises(Invalid) as refusal:
        services.define(
            {**TYPED_WRONG, "population": {"source": "attendance", "topic": "foraldre"}}
        )
    assert "foraeldredialog" in str(refusal.value.errors["population.topic"])


def test_before_its_questionnaire_is_published_a_shipped_figure_has_no_answers(app: Flask) -> None:
    reading = figures.reading("fd_goals", YEAR)
    assert (reading.definition.flaws, reading.figure.percent) == ((), None)


def test_one_more_definition_costs_the_page_no_more_statements_of_its_own(
    analyst: InspectingClient, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    with statements() as few:
        indicators.definitions()
    for number in range(5):
        lay({**TYPED_WRONG, "key": f"own{number}"}, f"own{number}")
    with statements() as many:
        assert len(indicators.definitions()) == 11
    assert len(few) == len(many) == 2
