"""The report is read, followed, edited and locked on the desk, and written by a command."""

import json
from datetime import date
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select

from app.core.access import StaffRole
from app.core.database import db
from app.core.refusals import NotFound
from app.core.unit_of_work import unit_of_work
from app.people import services as people
from app.programme import queries as programme_read
from app.programme import services as programme
from app.programme.rules import EngagementKind
from app.questions.models import AnswerSet
from app.reports import services
from app.reports.queries import versions
from tests.outcomes import making
from tests.outcomes.making import NOT_REACHED, REACHED
from tests.pages import InspectingClient

URL = f"/desk/reports/{making.YEAR}"


@pytest.fixture
def analyst(app: Flask, client: InspectingClient) -> InspectingClient:
    """A signed-in analyst who reads Danish, and a year with something in it."""
    making.year(making.crowd("nord", *[REACHED] * 8, *[NOT_REACHED] * 4))
    with unit_of_work():
        people.add_staff("signe@torvet.example", StaffRole.ANALYST, "Signe")
        token = people.sign_in("signe@torvet.example")
        kind = EngagementKind.HELHEDSPLAN
        programme.add_engagement(kind, "Mjølnerparken", date(making.YEAR, 1, 1))
        programme.add_main_area(making.YEAR + 1, 1, {"da": "Inklusion"}, 150, [{"da": "Kurser"}])
        programme.add_publication(making.YEAR, {"da": "Atlas"})
        programme.add_project("Fra Sport til Job", date(making.YEAR, 1, 1))
    with client.session_transaction() as own:
        own["sid"] = token
        own["language"] = "da"
    return client


def test_the_report_stands_on_a_page_with_every_figure_to_follow(
    analyst: InspectingClient,
) -> None:
    page = analyst.page(URL)
    assert "Afholdt 1 workshop i forældredialog for 12 professionelle og frivillige" in page.text
    assert "67 % (8 ud af 12) af dem" in page.text
    followed = [link for link in page.links() if "/figures/" in link]
    assert len(followed) > 8
    for link in sorted(set(followed)):
        assert analyst.page(link).text
    assert "Mjølnerparken" in analyst.page(f"{URL}/figures/helhedsplaner").text
    analyst.page(f"{URL}/figures/nope", status=404)
    analyst.page("/desk/reports/")


def test_an_empty_year_has_a_report(analyst: InspectingClient) -> None:
    assert "Afholdt ingen workshops" in analyst.page("/desk/reports/1999").text
    analyst.page("/desk/reports/99999", status=404)


def test_the_editors_words_stand_apart_from_the_figures(analyst: InspectingClient) -> None:
    page = analyst.page(f"{URL}/texts/economy")
    assert "Indstillingen har ingen" in page.text
    analyst.send(f"{URL}/texts/economy", {"text_da": "Det koster {year} kr.", "text_en": ""})
    report = analyst.page(URL).text
    assert f"Det koster {making.YEAR} kr." in report
    assert "67 %" in report
    assert "Indstillingen har ingen" in analyst.page(f"/desk/reports/{making.YEAR - 1}").text
    analyst.send(f"{URL}/texts/economy", {"text_da": "x" * 6000}, status=422)
    analyst.page(f"{URL}/texts/nope", status=404)
    with pytest.raises(NotFound):
        services.edit_text(making.YEAR, "nope", {})


def test_a_locked_report_flags_the_figure_that_changed(analyst: InspectingClient) -> None:
    analyst.send(f"{URL}/lock", {})
    assert versions.year_is_locked(making.YEAR)
    assert not versions.year_is_locked(making.YEAR + 1)
    assert "Tal har ændret sig" not in analyst.page(URL).text
    with unit_of_work():
        one = programme_read.engagements()[0]
        programme.end_engagement(programme_read.engagement(one.id), date(making.YEAR, 6, 1))
        programme.add_engagement(EngagementKind.HELHEDSPLAN, "Urbanplanen", date(making.YEAR, 2, 1))
    page = analyst.page(URL)
    assert "Tal har ændret sig" in page.text
    assert "var 1, er 2" in page.text


def test_a_report_is_not_locked_again_when_a_few_more_have_answered(
    analyst: InspectingClient,
) -> None:
    analyst.send(f"{URL}/lock", {})
    analyst.send(f"{URL}/lock", {})
    with unit_of_work():
        answer_sets = db.session.scalars(select(AnswerSet).limit(2)).all()
        for answer_set in answer_sets:
            answer_set.completed_at = None
    answer = analyst.send(f"{URL}/lock", {}, status=409)
    assert "Lås rapporten, når flere har svaret" in answer.text


def test_a_figure_that_is_gone_is_told_as_gone(analyst: InspectingClient, app: Flask) -> None:
    analyst.send(f"{URL}/lock", {})
    with unit_of_work():
        again = versions.snapshot(making.YEAR)
        assert again is not None
        again.content_hash = ""
        again.figures = {**again.figures, "gammelt": {"text": "7", "value": 7}}
    assert "var 7" in analyst.page(URL).text


def test_the_command_writes_text_html_and_data(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner().invoke
    text = run(args=["report", "1999"])
    assert text.exit_code == 0, text.output
    assert "I 1999 har integrationsteamet:" in text.output
    html = run(args=["report", "1999", "--format", "html", "--language", "en"])
    assert "<h1>The integration team: status" in html.output
    assert 'href="http://localhost/desk/reports/1999/figures/workshops"' in html.output
    file = tmp_path / "report.json"
    assert run(args=["report", "1999", "--format", "json", "-o", str(file)]).exit_code == 0
    assert json.loads(file.read_text("utf-8"))["year"] == 1999


@pytest.mark.parametrize("form", ["pdf", "docx"])
def test_the_forms_that_come_later_say_not_yet(app: Flask, form: str) -> None:
    answer = app.test_cli_runner().invoke(args=["report", "2010", "--format", form])
    assert (answer.exit_code, "not yet" in answer.output) == (3, True)
