"""Figures are read from the rows of those who came, were asked and answered."""

import pytest
from flask import Flask
from sqlalchemy import delete, select

from app.core.database import db
from app.core.refusals import NotFound
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.outcomes import services
from app.outcomes.queries import figures, indicators
from app.people.models import Person
from app.surveys.services import answering, inviting
from app.tickets.models import Ticket
from app.workshops.models import Admission
from tests.outcomes import making
from tests.outcomes.making import LEFT, NOT_REACHED, REACHED, SILENT, UNSURE, YEAR, Workshop

MANY = making.crowd("mange", *[REACHED] * 7, *[NOT_REACHED] * 3, LEFT, UNSURE, SILENT)
MIDDLE = making.crowd("mellem", *[REACHED] * 4, *[NOT_REACHED] * 2)
ADVICE = {"new_method": ["yes"], "tools": ["no"]}
FEW = making.crowd("faa", REACHED, REACHED, LEFT, SILENT)


def test_a_figure_counts_those_who_came_were_asked_and_answered(app: Flask) -> None:
    making.year(MANY, Workshop("nogle", {"a b": REACHED}, absent=["c d"]))
    figure = figures.figure("fd_goals", YEAR)
    assert (figure.population, figure.invited, figure.delivered) == (14, 14, 14)
    assert (figure.complete, figure.eligible, figure.unknown) == (13, 11, 1)
    assert (figure.success, figure.percent) == (8, 73)
    assert figure.definition_hash and figure.responses_hash and figure.computed_at


def test_nothing_of_another_year_or_topic_is_counted(app: Flask) -> None:
    making.year(MANY, Workshop("andet", {"a b": REACHED}, topic="konflikt"))
    assert figures.figure("fd_goals", YEAR).population == 13
    assert figures.figure("fd_goals", YEAR + 1).population == 0
    assert figures.figure("fd_goals", YEAR + 1).percent is None
    assert not figures.figure("fd_goals", YEAR + 1).suppressed


def test_a_person_in_two_workshops_is_one_and_stands_in_the_first(app: Flask) -> None:
    twice = Workshop("igen", {"mange 0": REACHED, "ny 1": REACHED})
    making.year(MANY, twice)
    assert figures.figure("fd_goals", YEAR).population == 14
    rows = figures.breakdown("fd_goals", YEAR, "event")
    people = {row.cell: row.figure.population for row in rows.rows}
    assert people == {"mange": 13, "igen": 1}
    assert {row.cell: row.attendances for row in rows.rows} == {"mange": 13, "igen": 2}
    assert rows.attendances == 15


def test_the_smallest_row_is_hidden_with_the_next_smallest(app: Flask) -> None:
    making.year(MANY, MIDDLE, FEW)
    rows = {row.cell: row.figure for row in figures.breakdown("fd_goals", YEAR, "event").rows}
    assert {cell: one.suppressed for cell, one in rows.items()} == {
        "mange": False, "mellem": True, "faa": True,
    }  # fmt: skip
    assert (rows["mange"].eligible, rows["mange"].percent) == (10, 70)
    assert rows["mange"].complete is rows["mange"].unknown is rows["mange"].bounds is None
    assert rows["faa"].eligible is rows["faa"].percent is rows["faa"].success is None
    assert rows["faa"].population == 4


def test_the_public_sees_less(app: Flask) -> None:
    making.year(MIDDLE)
    assert not figures.reading("fd_goals", YEAR).figure.suppressed
    public = figures.reading("fd_goals", YEAR, public=True)
    assert public.figure.suppressed
    assert public.units == ()
    assert (public.least, public.figure.population) == (10, 6)


def test_by_kind_the_rows_are_the_kinds_of_event(app: Flask) -> None:
    making.year(MANY, MIDDLE)
    rows = figures.breakdown("fd_goals", YEAR, "kind").rows
    assert [(row.cell, row.figure.eligible) for row in rows] == [("workshop", 16)]


def test_an_annulled_admission_takes_the_person_out_of_the_figure(app: Flask) -> None:
    making.year(MANY)
    with unit_of_work():
        ticket = db.session.scalars(
            select(Ticket.id).join(Admission, Admission.ticket_id == Ticket.id).limit(1)
        ).one()
        db.session.execute(delete(Admission).where(Admission.ticket_id == ticket))
    assert figures.figure("fd_goals", YEAR).population == 12


def test_a_forgotten_person_still_counts(app: Flask) -> None:
    making.year(MANY, MIDDLE)
    before = figures.figure("fd_goals", YEAR)
    with unit_of_work():
        person = db.session.scalars(select(Person).where(Person.name == "mange 0")).one()
        answering.forget(person)
    after = figures.figure("fd_goals", YEAR)
    assert (after.population, after.success, after.eligible) == (
        before.population, before.success, before.eligible,
    )  # fmt: skip
    assert after.responses_hash == before.responses_hash


def test_bounced_invitations_are_not_delivered(app: Flask) -> None:
    wave = making.year(MANY, making.crowd("tavs", SILENT))
    with unit_of_work():
        one = next(found for found, name in making.invitations(wave) if name == "tavs 0")
        inviting.bounce(one.id)
    figure = figures.figure("fd_goals", YEAR)
    assert (figure.invited, figure.delivered) == (14, 13)


def test_an_indicator_that_does_not_exist_is_not_found(app: Flask) -> None:
    with pytest.raises(NotFound):
        figures.figure("nope", YEAR)
    with pytest.raises(NotFound):
        figures.breakdown("nope", YEAR, "kind")


def test_all_indicators_read_for_an_empty_year(app: Flask) -> None:
    for definition in indicators.definitions():
        figure = figures.figure(definition.key, 1999)
        assert figure.percent is None
        assert figure.value is None
        assert figures.breakdown(definition.key, 1999, "event").rows == []


PEOPLE = {"source": "attendance", "event_kind": "workshop", "topic": "foraeldredialog"}
COUNT = {"key": "came", "version": 1, "unit": "attendance", "text": {"da": "{number}"}}


def define(**raw: object) -> None:
    """Keep an indicator of the tests' own."""
    with unit_of_work():
        services.define({**COUNT, **raw})


def test_attendances_and_people_are_counted_apart(app: Flask) -> None:
    making.year(MANY, Workshop("igen", {"mange 0": REACHED, "ny 1": REACHED}))
    define(kind="count", population=PEOPLE)
    define(key="who", kind="count_distinct", population=PEOPLE)
    assert figures.figure("came", YEAR).value == 15
    assert figures.figure("who", YEAR).value == 14


def test_a_figure_may_count_those_enrolled(app: Flask) -> None:
    making.year(MANY, Workshop("nogle", {"a b": REACHED}, absent=["c d"]))
    define(kind="count_distinct", population={**PEOPLE, "source": "enrolments"})
    assert figures.figure("came", YEAR).value == 15


def test_a_mean_is_read_from_a_panel(app: Flask) -> None:
    making.load("inclusion_panel")
    making.panel({"minority": [50, 75, 75, 50, 50], "majority": [75, 100, 100, 75, 100]})
    define(
        kind="mean_index",
        population={"source": "responses"},
        instrument="inclusion_panel",
        instrument_versions=[1],
        dimensions={"trust": ["trust_people", "trust_city"]},
    )
    mean = figures.figure("came", YEAR)
    assert (mean.value, mean.eligible) == (75, 10)
    gap = figures.figure("inclusion_gap", YEAR)
    assert gap.value == -30
    assert gap.low is not None and gap.low < -30
    assert figures.reading("inclusion_gap", YEAR, public=True).figure.suppressed
    assert figures.figure("inclusion_gap", YEAR + 1).value is None


def test_recipients_of_advice_are_asked_once_a_year(app: Flask) -> None:
    making.advice("Amina", "Bo", "Bo", "Chi", "Dua", "Eva", "Fie")
    wave = making.ask({}, "advice_followup")
    with at(making.AUTUMN), unit_of_work():
        for invitation, name in making.invitations(wave):
            if name != "Eva":
                answering.answer_all(invitation.id, ADVICE | {"coop": ["4" if name < "D" else "1"]})
    figure = figures.figure("advice_coop", YEAR)
    assert (figure.population, figure.invited, figure.eligible) == (6, 6, 5)
    assert figure.percent == 60
    improve = figures.figure("advice_improve", YEAR)
    assert (improve.population, improve.suppressed) == (6, True)
    rows = figures.breakdown("advice_coop", YEAR, "kind")
    assert [(row.cell, row.figure.percent) for row in rows.rows] == [("advice", 60)]
    assert rows.attendances is None


def test_a_definition_may_add_a_newer_version(app: Flask) -> None:
    making.load("fd_followup")
    raw = indicators.raw_definition("fd_goals", 3)
    assert raw is not None
    with unit_of_work():
        services.define({**raw, "version": 4, "min_n": 8})
    assert indicators.definition("fd_goals").min_n == 8
    assert {one.key: one.version for one in indicators.definitions()}["fd_goals"] == 4


def test_an_older_version_added_later_does_not_take_over(app: Flask) -> None:
    making.load("fd_followup")
    raw = indicators.raw_definition("fd_goals", 3)
    assert raw is not None
    with unit_of_work():
        services.define({**raw, "version": 1, "min_n": 9})
    assert {one.key: one.version for one in indicators.definitions()}["fd_goals"] == 3
    assert indicators.definition("fd_goals").min_n == 5
