"""The demo year loaded whole: what the report prints of it, and that it prints rows."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules.states import Role, State
from app.core import clock
from app.core.clock import year_of
from app.core.database import db, writing
from app.core.outbox import Letter, LetterState
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.services import loading
from app.demo.services.links import ways_in
from app.events import queries as events
from app.organisations.rules import missing
from app.outcomes import services as outcomes
from app.outcomes.queries import figures, units
from app.people.models import Person
from app.programme.models import Engagement
from app.questions.models import AnswerRow
from app.reports.drawing import plain_text
from app.reports.queries import facts as reports
from app.stage.queries import programme
from app.surveys.models import Invitation
from app.surveys.queries import waves
from app.tickets.models import Ticket
from app.vendors.queries.plan import plan_of
from app.workshops.models import Admission, Enrolment, Workshop
from tests import application

VECTORS = json.loads((Path(__file__).parents[1] / "outcomes" / "vectors.json").read_text())


@pytest.fixture(scope="module")
def demo(database: str, prepared_app: Flask) -> Iterator[Flask]:
    """The whole demo, loaded once for this module on each database."""
    with prepared_app.app_context():
        loading.start_anew()
        for _label, step in loading.steps():
            step()
        loading.mark_loaded()
        yield prepared_app
        db.session.rollback()
    application.empty_database(prepared_app)


def printed() -> str:
    """The report for 2010 with its spaces made plain."""
    text = plain_text.rendered(reports.paper(2010))
    return " ".join(text.replace("\N{NO-BREAK SPACE}", " ").split())


def scalar(statement: Any) -> Any:
    found = db.session.scalar(statement)
    db.session.rollback()
    return found


def test_the_report_prints_the_figures_of_the_paper(demo: Flask) -> None:
    text = printed()
    for phrase in (
        "Afholdt 11 workshops i forældredialog for 202 professionelle og frivillige",
        "85 % af dem, som fortsat arbejder inden for området",
        "Uddannet 13 proceskonsulenter i forældredialog",
        "med 20.000 deltagere",
        "herunder 20 af byens bedste restauranter",
        "Deltaget i 5 helhedsplaner og 2 områdeløft",
        "145 rådgivningsopgaver og 28 rekvireringer",
        "steg hvert år indtil 2010 og har nu lagt sig på et stabilt niveau",
        "75 % har brugt nye metoder",
        "78 % oplever i høj grad",
        "100 % oplever en forbedring",
        "5 procentpoint lavere",
        "Afholdt International Dag – Taste the World på Nørrebrogade",
        "overflyttet til Jobcenter Skelbækgade, som en del af centrets ungeindsats.",
        "Programmets 3 hovedområder",
        "I alt 4",
        "103 af 121; svarprocent 74",
    ):
        assert phrase in text


def test_the_figure_carries_every_count_of_the_specification(demo: Flask) -> None:
    figure = figures.figure("fd_goals", 2010)
    bounds = VECTORS["bounds_demo"]
    assert (figure.population, figure.invited, figure.complete) == (202, 202, 150)
    assert (figure.eligible, figure.unknown, figure.success) == (121, 2, 103)
    assert figure.percent == 85
    assert figure.interval == pytest.approx((0.777081, 0.903783), abs=1e-6)
    assert figure.interval_population == pytest.approx((0.815436, 0.88111), abs=1e-6)
    assert figure.bounds == pytest.approx((bounds["low"], bounds["high"]), abs=1e-6)


def test_each_workshop_stands_as_the_table_says(demo: Flask) -> None:
    found = figures.breakdown("fd_goals", 2010, "event")
    assert found.attendances == 205
    rows = {row.cell[-3:].upper(): row.figure for row in found.rows}
    for code, asked, _complete, still, _left, _unknown, reached in VECTORS["workshops"]:
        figure = rows[code]
        assert (figure.population, figure.suppressed) == (asked, code in {"W10", "W11"})
        if not figure.suppressed:
            assert (figure.eligible, figure.success) == (still, reached)


def test_205_came_14_cancelled_and_12_stayed_away(demo: Flask) -> None:
    numbers = [one.id for one in events.held_in(2010, topic="foraeldredialog")]
    came = select(func.count(Admission.ticket_id)).where(Admission.event_id.in_(numbers))
    states = select(Enrolment.state, func.count()).where(Enrolment.event_id.in_(numbers))
    found = {row[0]: row[1] for row in db.session.execute(states.group_by(Enrolment.state))}
    db.session.rollback()
    assert scalar(came) == 205
    assert found == {"confirmed": 205 + 12, "cancelled": 14}


def test_nothing_of_the_past_is_due_and_nobody_of_it_is_deleted(demo: Flask) -> None:
    waiting = select(Letter.created_at).where(Letter.state == LetterState.WAITING)
    assert all(year_of(one) > 2012 for one in db.session.scalars(waiting).all())
    held = select(func.count(Person.id)).where(
        Person.created_at < loading.PAST_ENDS, Person.retention_hold.is_(None)
    )
    assert scalar(held) == 0
    assert all(one.wave.closed_at for one in waves.waves() if one.wave.name == "2010")
    db.session.rollback()


def test_the_living_year_has_places_left_and_a_line(demo: Flask) -> None:
    def places(slug: str) -> tuple[int, int]:
        workshop = db.session.get_one(Workshop, events.event_by_slug(slug).id)
        return workshop.capacity - workshop.taken, workshop.capacity

    assert places("foraeldredialog-snart") == (3, 25)
    assert places("bed-om-hjaelp-med-tolk") == (0, 12)
    waiting = select(func.count(Enrolment.id)).where(Enrolment.state == "waitlisted")
    assert scalar(waiting) == 4
    event = events.event_by_slug("foraeldredialog-i-dag")
    inside = select(func.count(Admission.ticket_id)).where(Admission.event_id == event.id)
    assert scalar(inside) == 6


def test_the_living_festival_has_places_left_and_applications_in_every_state(demo: Flask) -> None:
    event = events.event_by_slug("international-dag")
    plan = plan_of(event.id)
    assert len(plan.stalls) == 24
    assert len([one for one in plan.stalls if not one.holders and not one.blocked_because]) == 9
    states = db.session.scalars(
        select(Application.state).where(Application.event_id == event.id)
    ).all()
    assert len(states) == 22
    assert set(states) == set(State)
    lapsing = select(func.min(Application.confirm_by)).where(
        Application.event_id == event.id, Application.state == State.ACCEPTED
    )
    assert scalar(lapsing) > clock.now() + timedelta(days=20)


def test_both_festivals_have_a_programme_on_two_stages(demo: Flask) -> None:
    for slug, acts in (("international-dag-2010", 10), ("international-dag", 7)):
        told = programme.programme(events.event_by_slug(slug))
        assert len(told.stages) == 2 and len(told.slots) == acts
        assert {one.genre for one in told.slots} >= {"music", "dance", "words"}


def test_the_association_that_signs_in_can_still_apply(demo: Flask) -> None:
    event = events.event_by_slug("international-dag")
    starts = asking.starts("yusra@forening.example", event.id, Role.ASSOCIATION_STALL)
    assert sorted(one.application is None for one in starts) == [False, True]
    assert not any(missing(one.organisation.facts) for one in starts)
    db.session.rollback()


def test_each_survey_link_opens_in_its_readers_language(demo: Flask) -> None:
    with unit_of_work():
        links = ways_in()
    for key, opening in (("survey", 'lang="da" dir="ltr"'), ("survey_ar", 'lang="ar" dir="rtl"')):
        page = demo.test_client().get(links[key], headers={"Accept-Language": "en"})
        assert opening in page.text


def test_the_figures_open_on_the_year_that_has_its_answers(demo: Flask) -> None:
    assert units.newest_year() == 2010
    db.session.rollback()


def test_a_demo_of_yesterday_says_how_it_is_moved_to_today(demo: Flask) -> None:
    def said() -> str:
        return demo.test_cli_runner().invoke(args=["demo", "load"]).output

    assert "loaded already. Start anew" in said()
    with at(clock.now() + timedelta(days=1)):
        assert "its workshop of today is over" in said()


def test_a_changed_answer_admission_and_engagement_move_three_figures(demo: Flask) -> None:
    before = printed()
    with writing():
        change_an_answer()
        drop_an_admission()
        end_an_engagement()
        db.session.flush()
        after = printed()
        db.session.rollback()
    assert "103 af 121" in before and "102 af 121" in after
    assert "for 202 professionelle" in before and "for 201 professionelle" in after
    assert "5 helhedsplaner" in before and "4 helhedsplaner" in after
    assert printed() == before


def change_an_answer() -> None:
    """One person who reached their one goal did not reach it after all."""
    single = (
        select(AnswerRow.answer_set_id)
        .where(AnswerRow.code == "attain")
        .group_by(AnswerRow.answer_set_id)
        .having(func.count() == 1, func.max(AnswerRow.number) >= 2)
    )
    answer = db.session.scalars(
        select(AnswerRow)
        .where(AnswerRow.code == "attain", AnswerRow.answer_set_id.in_(single))
        .limit(1)
    ).one()
    answer.number = 0


def drop_an_admission() -> None:
    """One person who never answered was not there after all."""
    bounced = (
        select(Admission)
        .join(Ticket, Ticket.id == Admission.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(
            Invitation,
            (Invitation.person_id == Enrolment.person_id)
            & (Invitation.event_id == Admission.event_id),
        )
        .where(Invitation.disposition == "bounced")
        .limit(1)
    )
    db.session.delete(db.session.scalars(bounced).one())


def end_an_engagement() -> None:
    engagement = db.session.scalars(
        select(Engagement).where(Engagement.kind == "helhedsplan").limit(1)
    ).one()
    engagement.ends_on = date(2009, 12, 31)


@pytest.mark.parametrize(
    ("population", "kind", "number"),
    [
        ({"source": "attendance", "topic": "foraeldredialog"}, "count", 205),
        ({"source": "attendance", "topic": "foraeldredialog"}, "count_distinct", 202),
        (
            {"source": "enrolments", "topic": "foraeldredialog", "status": "cancelled"},
            "count",
            14,
        ),
        # Those who came, and the twelve who stayed away.
        ({"source": "enrolments", "topic": "foraeldredialog"}, "count", 217),
        ({"source": "advisory_tasks"}, "count", 173),
        ({"source": "advisory_tasks", "task_kind": "requisition"}, "count", 28),
        ({"source": "advisory_tasks"}, "count_distinct", 52),
    ],
)
def test_a_count_is_of_its_own_source(
    demo: Flask, population: dict[str, str], kind: str, number: int
) -> None:
    raw = {"key": "n", "version": 1, "unit": "visit", "text": {"da": "{number}"}}
    outcomes.define({**raw, "kind": kind, "population": population})
    try:
        assert figures.figure("n", 2010).value == number
    finally:
        db.session.rollback()
