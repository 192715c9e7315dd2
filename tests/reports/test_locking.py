"""A locked report stays as it was to the byte, and names every number that would differ today."""

import json
from datetime import date, timedelta

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.core import audit
from app.core.access import StaffRole
from app.core.database import db
from app.core.languages import REPORT_LANGUAGES
from app.core.refusals import Invalid
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.outcomes import services as outcomes
from app.outcomes.queries import indicators
from app.people import services as people
from app.programme import services as programme
from app.programme.models import Engagement
from app.programme.rules import EngagementKind
from app.reports import papers, services
from app.reports.models import ReportPrint, ReportSnapshot
from app.reports.queries import versions
from app.reports.rules.audited import ReportVerb
from app.reports.rules.forms import ReportFormat
from app.surveys.models import Invitation
from app.workshops.models import Admission
from tests.outcomes import making
from tests.outcomes.making import LEFT, NOT_REACHED, REACHED, SILENT, YEAR
from tests.pages import InspectingClient

URL = f"/desk/reports/{YEAR}"
GUESTS = making.crowd("nord", *[REACHED] * 8, *[NOT_REACHED] * 4, *[SILENT] * 9)


@pytest.fixture
def analyst(app: Flask, client: InspectingClient) -> InspectingClient:
    """A signed-in analyst who reads Danish, and a year in which 12 of 21 have answered."""
    making.year(GUESTS)
    with unit_of_work():
        people.add_staff("signe@torvet.example", StaffRole.ANALYST, "Signe Holm")
        token = people.sign_in("signe@torvet.example")
        programme.add_engagement(EngagementKind.HELHEDSPLAN, "Tingbjerg", date(YEAR, 1, 1))
    with client.session_transaction() as own:
        own["sid"] = token
        own["language"] = "da"
    return client


def answer_late(*replies: making.Reply) -> None:
    """Some of those who were silent answer after all."""
    with at(making.AUTUMN + timedelta(days=3)), unit_of_work():
        for place, reply in enumerate(replies, start=12):
            making.answer(invitation_of(f"nord {place}"), reply)


def invitation_of(name: str) -> Invitation:
    """The invitation of a guest."""
    wave_id = db.session.scalars(select(Invitation.wave_id).limit(1)).one()
    wave = db.session.get_one(making.Wave, wave_id)
    return next(one for one, own in making.invitations(wave) if own == name)


def plain(page: str) -> str:
    """The page's text with its spaces made plain."""
    return " ".join(page.replace("\N{NO-BREAK SPACE}", " ").split())


def every_print(version: int = 1) -> dict[str, str]:
    """All that a version prints."""
    snapshot = versions.version(YEAR, version)
    return {
        f"{language} {form}": versions.print_of(snapshot, language, form)
        for language in REPORT_LANGUAGES
        for form in ReportFormat
    }


def command(app: Flask, *more: str) -> str:
    """What `flask report` writes."""
    answer = app.test_cli_runner().invoke(args=["report", str(YEAR), *more])
    assert answer.exit_code == 0, answer.output
    return answer.output


def test_a_late_answer_moves_nothing_under_the_lock_and_is_named(
    analyst: InspectingClient, app: Flask
) -> None:
    analyst.send(f"{URL}/lock", {})
    before = every_print()
    files = [
        f"{URL}/versions/1/{form}/{language}"
        for form in ("html", "text", "json")
        for language in REPORT_LANGUAGES
    ]
    kept = [analyst.get(file).data for file in files]
    written = command(app, "--format", "html")
    answer_late(REACHED)
    page = plain(analyst.page(URL).text)
    assert "67 % (8 ud af 12) af dem, som fortsat arbejder" in page
    assert "8 af 12; svarprocent 57 9 af 13; svarprocent 62" in page
    assert "fd_goals: var 67 % (8 ud af 12), er 69 % (9 ud af 13)" in page
    assert "Tal har ændret sig" in page
    assert [analyst.get(file).data for file in files] == kept
    assert every_print() == before
    assert command(app, "--format", "html") == written
    assert "8 af 12; svarprocent 57" in plain(command(app))
    assert "9 af 13; svarprocent 62" in plain(command(app, "--today"))
    today = plain(analyst.page(f"{URL}/today").text)
    assert "9 af 13; svarprocent 62" in today
    assert "9 af 13" not in plain(analyst.page(f"{URL}/versions/1").text)


def test_all_that_moved_is_named(analyst: InspectingClient) -> None:
    analyst.send(f"{URL}/lock", {})
    raw = indicators.raw_definition("fd_goals", 3)
    assert raw is not None
    with unit_of_work():
        ticket = db.session.scalars(select(Admission.ticket_id).limit(1)).one()
        db.session.execute(delete(Admission).where(Admission.ticket_id == ticket))
        outcomes.define({**raw, "version": 4, "rule": {"da": "En anden regel."}})
        services.edit_text(YEAR, "economy", {"da": "Det koster 7 kr."})
        tingbjerg = db.session.scalars(select(Engagement)).one()
        tingbjerg.starts_on = tingbjerg.ends_on = date(YEAR - 1, 12, 31)
        programme.add_engagement(EngagementKind.HELHEDSPLAN, "Urbanplanen", date(YEAR, 1, 1))
    page = plain(analyst.page(URL).text)
    assert "people: var 21, er 20" in page
    assert "fd_goals: definitionen er ændret" in page
    assert "helhedsplaner: er 1 som før, talt op fra andre rækker" in page
    for line in ("En anden regel.", "Det koster 7 kr.", "Population 21", "Population 20"):
        assert line in page
    assert "Det koster 7 kr." not in plain(analyst.page(f"{URL}/versions/1").text)
    kept = plain(analyst.page(f"{URL}/versions/1/figures/helhedsplaner").text)
    assert "Tingbjerg" in kept and "Urbanplanen" not in kept
    assert "Urbanplanen" in analyst.page(f"{URL}/figures/helhedsplaner").text


def test_what_is_locked_again_is_the_next_version_and_the_first_stays(
    analyst: InspectingClient, app: Flask
) -> None:
    analyst.send(f"{URL}/lock", {})
    analyst.send(f"{URL}/lock", {})
    first = every_print()
    assert [one.version for one in versions.snapshots(YEAR)] == [1]
    answer_late(*[REACHED] * 5)
    analyst.send(f"{URL}/lock", {})
    assert every_print() == first
    assert "13 af 17" in plain(every_print(2)["da text"])
    page = analyst.page(URL)
    assert "Tal har ændret sig" not in page.text
    assert {f"{URL}/versions/1", f"{URL}/versions/2"} <= set(page.links())
    assert "8 af 12; svarprocent 57" in plain(analyst.page(f"{URL}/versions/1").text)
    assert plain(command(app)) == plain(every_print(2)["da text"])
    assert plain(command(app, "--version", "1")) == plain(first["da text"])
    assert json.loads(command(app, "--version", "1", "--format", "json"))["version"] == 1
    assert app.test_cli_runner().invoke(args=["report", "2020", "--version", "3"]).exit_code == 1
    analyst.page(f"{URL}/versions/3", status=404)
    analyst.page(f"{URL}/versions/1/figures/nope", status=404)


def test_the_lock_is_lifted_with_a_reason_and_a_name(analyst: InspectingClient) -> None:
    analyst.page(f"{URL}/lift", status=409)
    analyst.send(f"{URL}/lock", {})
    refused = analyst.send(f"{URL}/lift", {"because": " "}, status=422)
    assert "Skriv noget her" in refused.text
    analyst.send(f"{URL}/lift", {"because": "Et besøg talte to gange"})
    page = plain(analyst.page(URL).text)
    assert "Et besøg talte to gange" in page
    assert page.count("Signe Holm") >= 2
    assert not versions.year_is_locked(YEAR)
    answer_late(REACHED)
    assert "9 af 13" in plain(analyst.page(URL).text)
    assert "8 af 12" in plain(analyst.page(f"{URL}/versions/1").text)
    verbs = [(entry.verb, entry.actor[:6]) for entry in audit.of("report", YEAR)]
    assert verbs == [(ReportVerb.LOCKED, "staff:"), (ReportVerb.LIFTED, "staff:")]
    analyst.send(f"{URL}/lift", {"because": "igen"}, status=409)


def test_a_lock_is_lifted_once_and_for_a_reason(app: Flask) -> None:
    with pytest.raises(services.NotLocked):
        services.lift(YEAR, "x")
    with unit_of_work():
        services.lock(YEAR)
        services.lift(YEAR, "x")
    with pytest.raises(services.NotLocked):
        services.lift(YEAR, "x")
    with unit_of_work():
        assert services.lock(YEAR).version == 2
    with pytest.raises(Invalid):
        services.lift(YEAR, "  ")


def test_what_was_hidden_is_hidden_beside_what_is_shown(analyst: InspectingClient) -> None:
    """Nine have reached or not: too few for the public. With ten the figure is told, not before."""
    with unit_of_work():
        for place in (9, 10, 11):
            forget_answer(f"nord {place}")
    analyst.send(f"{URL}/lock", {})
    assert "vises ikke, fordi færre end 10" in plain(analyst.page(URL).text)
    answer_late(REACHED)
    page = plain(analyst.page(URL).text)
    assert "fd_goals: er anderledes, og vises ikke i det ene af dem" in page
    for secret in ("9 ud af 10", "9 af 10", "8 af 9", "90 %", "89 %"):
        assert secret not in page
    analyst.send(f"{URL}/lock", {})
    assert "9 af 10" in plain(analyst.page(URL).text)


def test_versions_that_tell_of_few_who_left_are_not_both_published(
    analyst: InspectingClient,
) -> None:
    """The denominator stays, but of all who answered there is one more: that one has left."""
    analyst.send(f"{URL}/lock", {})
    answer_late(LEFT)
    refused = analyst.send(f"{URL}/lock", {}, status=409)
    assert "Lås rapporten, når flere har svaret" in refused.text
    assert [one.version for one in versions.snapshots(YEAR)] == [1]


def forget_answer(name: str) -> None:
    """Take an answer back as if it had never been completed."""
    making.uncompleted(invitation_of(name).id)


def test_a_kept_report_comes_back_as_it_was(app: Flask) -> None:
    making.year(GUESTS)
    with unit_of_work():
        services.lock(YEAR)
    for language in REPORT_LANGUAGES:
        kept = versions.paper_of(versions.version(YEAR, 1), language)
        assert kept == papers.today(YEAR, language).paper


def test_a_version_of_which_only_figures_were_kept_prints_them(
    analyst: InspectingClient,
) -> None:
    with unit_of_work():
        snapshot = ReportSnapshot(
            year=YEAR, version=1, figures={"workshops": {"text": "3", "value": 3}},
            locked_at=making.AUTUMN,
        )  # fmt: skip
        db.session.add(snapshot)
        db.session.flush()
        own = {"language": "da", "form": ReportFormat.TEXT, "content": "workshops: 3\n"}
        db.session.add(ReportPrint(snapshot_id=snapshot.id, **own))
    page = plain(analyst.page(URL).text)
    assert "workshops: var 3, er 1" in page
    assert "Afholdt 1 workshop" in page
    assert "workshops" in analyst.page(f"{URL}/versions/1").text
    assert analyst.get(f"{URL}/versions/1/text/da").data == b"workshops: 3\n"
    assert "Låst, version 1" in analyst.page("/desk/reports/").text
