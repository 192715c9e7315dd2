"""Every reader of a figure sees the same, and what is hidden is hidden for all of them."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.core import clock
from app.core.access import StaffRole
from app.core.unit_of_work import unit_of_work
from app.events.rules import EventKind
from app.events.services import scheduling as events
from app.outcomes.queries import indicators
from app.people import services as people
from tests.outcomes import making
from tests.outcomes.making import LEFT, NOT_REACHED, REACHED, SILENT, YEAR
from tests.outcomes.test_figures import RAW
from tests.pages import InspectingClient

MANY = making.crowd("mange", *[REACHED] * 7, *[NOT_REACHED] * 3, LEFT, SILENT)
MIDDLE = making.crowd("mellem", *[REACHED] * 4, *[NOT_REACHED] * 2)
FEW = making.crowd("faa", REACHED, REACHED, LEFT, SILENT)
SECRET = ("2 out of 2", "2 ud af 2", "100", "4 of 6")


@pytest.fixture
def analyst(app: Flask, client: InspectingClient) -> InspectingClient:
    """A signed-in analyst."""
    with unit_of_work():
        people.add_staff("signe@torvet.example", StaffRole.ANALYST, "Signe")
        token = people.sign_in("signe@torvet.example")
    with client.session_transaction() as own:
        own["sid"] = token
    return client


@pytest.fixture
def machine(app: Flask) -> dict[str, str]:
    """The headers of a machine that may read."""
    with unit_of_work():
        token = people.issue_api_token("report", ["read"])
    return {"Authorization": f"Bearer {token}"}


def test_the_figures_of_a_year_stand_on_one_page(analyst: InspectingClient) -> None:
    making.year(MANY)
    page = analyst.page(f"/desk/outcomes/?year={YEAR}")
    assert f"/desk/outcomes/fd_goals?year={YEAR}" in page.links()
    assert "70" in page.text
    assert str(clock.today().year) in analyst.page("/desk/outcomes/").heading
    for odd in ("abcd", "0000", "9999", "-1", "²⁰¹⁰"):
        assert str(clock.today().year) in analyst.page(f"/desk/outcomes/?year={odd}").heading


def test_a_figure_stands_with_all_that_is_behind_it(analyst: InspectingClient) -> None:
    making.year(MANY, MIDDLE, FEW)
    page = analyst.page(f"/desk/outcomes/fd_goals?year={YEAR}&language=en")
    for words in ("Behind the figure", "95% interval", "By event", "The definition as data"):
        assert words in page.text
    rows = [row for row in page.all("tr") if "Workshop faa" in "".join(row.itertext())]
    assert "not shown" in "".join(rows[0].itertext())
    assert not any(secret in "".join(rows[0].itertext()) for secret in SECRET)
    analyst.page(f"/desk/outcomes/fd_goals?year={YEAR}&by=kind")


def test_a_hidden_figure_shows_no_rows(analyst: InspectingClient) -> None:
    making.year(FEW)
    page = analyst.page(f"/desk/outcomes/fd_goals?year={YEAR}&language=en")
    assert "Fewer than 5" in page.text
    assert "The rows behind it" not in page.text
    assert not any(secret in page.text for secret in SECRET)


@pytest.mark.parametrize("key", ["inclusion_gap", "visitors", "advice_coop"])
def test_every_kind_of_figure_has_a_page_without_rows(analyst: InspectingClient, key: str) -> None:
    analyst.page(f"/desk/outcomes/{key}?year=1999")
    analyst.page("/desk/outcomes/nope?year=1999", status=404)


def test_an_estimate_is_noted_and_shown(analyst: InspectingClient) -> None:
    assert analyst.page("/desk/outcomes/estimates/add").heading
    now = clock.now()
    with unit_of_work():
        event = events.create(
            events.Plan("dag", EventKind.FESTIVAL, {"da": "International Dag"}, now, now)
        )
        events.publish(event)
        events.mark_held(event)
    form = {"event": "dag", "value": "20000", "low": "17000", "high": "24000", "method": "Tælling"}
    analyst.send("/desk/outcomes/estimates/add", {**form, "value": "30000"}, status=422)
    analyst.send("/desk/outcomes/estimates/add", {**form, "value": "mange"}, status=422)
    there = analyst.send("/desk/outcomes/estimates/add", form).location
    assert "20.000" in analyst.page(f"{there}&language=da").text


def test_a_machine_reads_the_figure_and_its_rows(
    client: InspectingClient, machine: dict[str, str]
) -> None:
    making.year(MANY, MIDDLE, FEW)
    url = f"/api/v1/outcomes/fd_goals?year={YEAR}"
    whole = client.get(url, headers=machine).get_json()
    assert (whole["population"], whole["eligible"], whole["percent"]) == (22, 18, 72)
    assert whole["bounds"][0] < whole["share"] < whole["bounds"][1]
    rows = {row["cell"]: row for row in client.get(f"{url}&by=event", headers=machine).get_json()}
    assert rows["mange"]["percent"] == 70
    assert rows["faa"]["suppressed"] and rows["faa"]["percent"] is None
    assert rows["mellem"]["suppressed"] and rows["mellem"]["success"] is None
    assert rows["faa"]["population"] == 4


@pytest.mark.parametrize(
    ("query", "status"),
    [("nope?year=2020", 404), ("fd_goals", 422), ("fd_goals?year=20x0", 422),
     ("fd_goals?year=9999", 422), ("fd_goals?year=2020&by=person", 422)],
)  # fmt: skip
def test_a_machine_is_told_what_is_wrong(
    client: InspectingClient, machine: dict[str, str], query: str, status: int
) -> None:
    answer = client.get(f"/api/v1/outcomes/{query}", headers=machine)
    assert (answer.status_code, answer.mimetype) == (status, "application/problem+json")


def test_a_machine_without_the_scope_is_refused(client: InspectingClient) -> None:
    with unit_of_work():
        token = people.issue_api_token("door", ["scan"])
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/v1/outcomes/fd_goals?year=2020", headers=headers).status_code == 403
    assert client.get("/api/v1/outcomes/fd_goals?year=2020").status_code == 401


def test_the_command_shows_a_figure(app: Flask) -> None:
    making.year(MANY, MIDDLE)
    run = app.test_cli_runner().invoke
    shown = run(args=["outcomes", "show", "fd_goals", "--year", str(YEAR), "--by", "event"])
    assert shown.exit_code == 0, shown.output
    assert "mange" in shown.output
    told = run(args=["outcomes", "show", "fd_goals", "--year", str(YEAR), "--json"])
    assert json.loads(told.output)["eligible"] == 16
    told = run(args=["outcomes", "show", "fd_goals", "--year", "2020", "--by", "kind", "--json"])
    assert [row["cell"] for row in json.loads(told.output)] == ["workshop"]
    assert run(args=["outcomes", "show", "nope", "--year", "2020"]).exit_code == 1


def test_the_command_keeps_a_definition(app: Flask, tmp_path: Path) -> None:
    making.load("fd_followup")
    assert _define(app, tmp_path, {**RAW, "key": "own", "version": 1}).exit_code == 0
    assert _define(app, tmp_path, {**RAW, "key": "own", "version": 1}).exit_code == 0
    assert indicators.definition("own").version == 1
    assert "own" in [one.key for one in indicators.definitions()]
    changed = _define(app, tmp_path, {**RAW, "key": "own", "version": 1, "min_n": 7})
    assert changed.exit_code == 1
    assert _define(app, tmp_path, {**RAW, "key": "own", "version": 2, "min_n": 7}).exit_code == 0
    assert indicators.definition("own").min_n == 7


def test_the_command_names_what_is_wrong_with_a_definition(app: Flask, tmp_path: Path) -> None:
    making.load("fd_followup")
    wrong = _define(app, tmp_path, {**RAW, "success": {"op": "eq", "q": "nope", "v": 1}})
    assert wrong.exit_code == 1
    assert "nope" in wrong.output
    assert _define(app, tmp_path, []).exit_code == 1
    file = tmp_path / "broken.json"
    file.write_text("{")
    assert app.test_cli_runner().invoke(args=["outcomes", "define", str(file)]).exit_code == 1


def test_the_definitions_that_come_with_torvet_have_no_flaws(app: Flask, tmp_path: Path) -> None:
    for key in ("fd_followup", "advice_followup", "inclusion_panel"):
        making.load(key)
    for one in indicators.definitions():
        raw = indicators.raw_definition(one.key, one.version)
        assert _define(app, tmp_path, raw).exit_code == 0


def _define(app: Flask, folder: Path, raw: Any) -> Any:
    file = folder / "definition.json"
    file.write_text(json.dumps(raw))
    return app.test_cli_runner().invoke(args=["outcomes", "define", str(file)])
