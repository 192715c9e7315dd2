"""The report reads well for a full year, an empty one, a single one and a hidden one."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from flask import Flask
from flask_babel import force_locale

from app.installation.wording import Owner
from app.outcomes.queries.indicators import shipped
from app.outcomes.rules.definitions import Definition, read
from app.outcomes.rules.figures import (
    Figure,
    FigureReading,
    FigureSums,
    GroupMean,
    proportion,
    suppressed,
)
from app.reports.drawing import as_data, plain_text
from app.reports.rules.paper import YearlyReport, composed, starting_large, text_of
from app.reports.rules.texts import filled
from app.reports.wording.done import DoneFacts, FestivalFacts, ProjectPeriod
from app.reports.wording.programme import PlanArea, ProgrammeFacts
from app.reports.wording.status import StatusFacts
from app.reports.wording.writing import ReportFacts, write

NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def danish(prepared_app: Flask) -> Iterator[None]:
    """The report is read in Danish."""
    with prepared_app.app_context(), force_locale("da"):
        yield


def definition(key: str) -> Definition:
    """An indicator that comes with Torvet."""
    return read(shipped()[key])


def told(key: str, success: int, failure: int, **more: int) -> FigureReading:
    """A percentage of so many."""
    made = definition(key)
    complete = success + failure
    counts = FigureSums(
        population=more.get("population", complete),
        invited=more.get("population", complete),
        complete=complete,
        success=success,
        failure=failure,
    )
    return FigureReading(made, proportion(made, counts), 10)


def gap(value: float | None, low: float | None, high: float | None) -> FigureReading:
    """A difference between two groups."""
    figure = Figure(
        "inclusion_gap", 1, 1650, eligible=1650 if value is not None else 0,
        value=value, low=low, high=high,
        groups=(GroupMean({}, 850, 71.2, 18.0), GroupMean({}, 800, 76.2, 17.0)),
    )  # fmt: skip
    return FigureReading(definition("inclusion_gap"), figure, 10)


FULL: dict[str, Any] = {
    "year": 2010,
    "workshops": [f"Workshop {number}" for number in range(11)],
    "courses": ["Kursus: 13"],
    "trained": 13,
    "festivals": [
        FestivalFacts(
            "International Dag – Taste the World", "Nørrebrogade", 20_000, "Tælling",
            tuple(f"Restaurant {number}" for number in range(20)),
        )
    ],
    "projects": [
        ProjectPeriod(
            "Fra Sport til Job", date(2010, 1, 1), date(2010, 5, 31), "Jobcenter Skelbækgade",
            "som en del af centrets ungeindsats",
        )
    ],
    "helhedsplaner": list("abcde"),
    "omraadeloeft": list("ab"),
    "publications": [("Atlas", ""), ("BorgerDialog", "under færdiggørelse")],
    "advice": {2007: 96, 2008: 118, 2009: 139, 2010: 145},
    "tasks": [f"No. {number}" for number in range(145)],
    "requisitions": [f"No. {number}" for number in range(28)],
    "plan": [
        PlanArea(1, "Inklusion og medborgerskab", ("Byens Stemmer",), Decimal(2)),
        PlanArea(2, "Indsats i udsatte boligområder", (), Decimal(1)),
        PlanArea(3, "Rekvireringer og rådgivninger", (), Decimal(1)),
    ],
    "person_years": Decimal(4),
}  # fmt: skip
DONE = (
    "workshops", "courses", "trained", "festivals", "projects", "helhedsplaner", "omraadeloeft",
)  # fmt: skip
OF_YEAR = ("publications", "advice", "tasks", "requisitions")
TOLD = ("fd_goals", "advice_new_method", "advice_coop", "advice_improve", "inclusion_gap")


COPENHAGEN = Owner(
    names={"team": {"da": "TaskForce Integration"}, "city": {"da": "København"}},
)


def full(**changes: Any) -> YearlyReport:
    """The report of a full year, with changes."""
    known = {
        "fd_goals": told("fd_goals", 103, 18, population=202),
        "advice_new_method": told("advice_new_method", 27, 9),
        "advice_coop": told("advice_coop", 28, 8),
        "advice_improve": told("advice_improve", 36, 0),
        "inclusion_gap": gap(-5.0, -6.69, -3.31),
    }
    known |= changes.pop("indicators", {})
    partner = {"festival_partner": "i samarbejde med Wonderful Copenhagen", "summary": "I {next}."}
    words = changes.pop("words", partner)
    facts = {**FULL, **changes}
    goals = known["fd_goals"]
    people = goals.figure.population or 0
    done = DoneFacts(goals=goals, people=people, **{key: facts[key] for key in DONE})
    outcomes = [known[key] for key in TOLD[1:4]]
    status = StatusFacts(done=done, outcomes=outcomes, **{key: facts[key] for key in OF_YEAR})
    programme = ProgrammeFacts(known["inclusion_gap"], facts["plan"], facts["person_years"])
    texts = filled(words, 2010)
    return write(
        ReportFacts(facts["year"], status, programme, texts, list(known.values()), COPENHAGEN)
    )


def reads(paper: YearlyReport) -> str:
    """The report on one line, its no-break spaces plain."""
    return " ".join(plain_text.rendered(paper).replace(NO_BREAK, " ").split())


def empty() -> YearlyReport:
    """The report of a year in which nothing was done."""
    none = {key: told(key, 0, 0) for key in TOLD[:4]} | {"inclusion_gap": gap(None, None, None)}
    bare: dict[str, Any] = {
        key: type(value)() for key, value in FULL.items() if isinstance(value, list | dict)
    }
    return full(**bare, trained=0, person_years=Decimal(0), indicators=none)


@pytest.mark.parametrize(
    "sentence",
    [
        "Afholdt 11 workshops i forældredialog for 202 professionelle og frivillige, der arbejder "
        "med børn og unge i København – 85 % af dem, som fortsat arbejder inden for området, har i "
        "et vist omfang opnået de målsætninger, som de opstillede for deres arbejde i workshoppen.",
        "Uddannet 13 proceskonsulenter i forældredialog.",
        "Afholdt International Dag – Taste the World på Nørrebrogade med 20.000 deltagere i "
        "samarbejde med Wonderful Copenhagen – herunder 20 af byens bedste restauranter.",
        "projektet »Fra Sport til Job« fra januar til maj 2010. Herefter er projektet overflyttet "
        "til Jobcenter Skelbækgade, som en del af centrets ungeindsats.",
        "Deltaget i 5 helhedsplaner og 2 områdeløft.",
        "BorgerDialog (under færdiggørelse).",
        "145 rådgivningsopgaver og 28 rekvireringer",
        "steg hvert år indtil 2010 og har nu lagt sig på et stabilt niveau.",
        "75 % har brugt nye metoder",
        "78 % oplever i høj grad",
        "100 % oplever en forbedring",
        "scorer 5 procentpoint lavere end borgere med etnisk majoritetsbaggrund",
        "Programmets 3 hovedområder TaskForce Integrations opgaveportefølje for 2011 er opdelt på "
        "følgende 3 hovedområder:",
        "I alt 4",
        "103 af 121",
        "I 2011.",
    ],
)
def test_a_full_year_reads_as_the_paper_did(sentence: str) -> None:
    assert sentence in reads(full())


def test_the_percent_sign_never_stands_on_a_line_of_its_own() -> None:
    assert f"85{NO_BREAK}%" in plain_text.rendered(full())


@pytest.mark.parametrize(
    "sentence",
    [
        "Afholdt ingen workshops i forældredialog.",
        "Uddannet ingen proceskonsulenter i forældredialog.",
        "Deltaget i ingen helhedsplaner og ingen områdeløft.",
        "Ingen i 2010.",
        "løse ingen rådgivningsopgaver og ingen rekvireringer",
        "Har brugt nye metoder: ingen svar endnu.",
        "Forskel i oplevelsen af inklusion: ingen svar endnu.",
        "Der er endnu ikke lagt en plan for 2011.",
    ],
)
def test_an_empty_year_says_none(sentence: str) -> None:
    text = reads(empty())
    assert sentence in text
    assert "International Dag" not in text
    assert "None" not in text


def test_one_of_each_is_said_in_the_singular() -> None:
    paper = full(
        workshops=["W"], trained=1, helhedsplaner=["a"], omraadeloeft=["b"], tasks=["1"],
        requisitions=["2"], advice={2010: 1}, plan=FULL["plan"][:1],
        indicators={"fd_goals": told("fd_goals", 1, 0, population=1)},
    )  # fmt: skip
    text = reads(paper)
    for sentence in (
        "Afholdt 1 workshop i forældredialog for 1 professionel eller frivillig, der",
        "Uddannet 1 proceskonsulent i",
        "Deltaget i 1 helhedsplan og 1 områdeløft.",
        "1 rådgivningsopgave og 1 rekvirering",
        "Programmets 1 hovedområde TaskForce Integrations opgaveportefølje for 2011 er 1 hoved",
    ):
        assert sentence in text
    assert "niveau" not in text


def test_a_hidden_figure_says_why_and_tells_nothing() -> None:
    hidden = told("fd_goals", 3, 1, population=9)
    paper = full(
        indicators={"fd_goals": FigureReading(hidden.definition, suppressed(hidden.figure), 10)}
    )
    text = reads(paper)
    assert "– Har opnået deres egne mål: vises ikke, fordi færre end 10 har svaret." in text
    assert "75 % af dem" not in text
    assert "3 af 4" not in text
    assert paper.figures()["fd_goals"].value is None


def test_few_answers_are_written_beside_the_percent() -> None:
    assert "85 % (17 ud af 20) af dem, som" in reads(
        full(indicators={"fd_goals": told("fd_goals", 17, 3)})
    )


@pytest.mark.parametrize(
    ("success", "failure", "words"),
    [
        (0, 40, "– ingen af dem, som"),
        (1, 400, "– under 1 % af dem"),
        (400, 1, "– over 99 % af dem"),
    ],
)
def test_none_and_all_are_said_only_of_none_and_all(success: int, failure: int, words: str) -> None:
    assert words in reads(full(indicators={"fd_goals": told("fd_goals", success, failure)}))


def test_a_difference_that_may_be_chance_is_not_claimed() -> None:
    text = reads(full(indicators={"inclusion_gap": gap(-1.0, -2.5, 0.5)}))
    assert "at der er ingen sikker forskel mellem" in text
    assert "procentpoint lavere" not in text
    assert "5 procentpoint højere" in reads(full(indicators={"inclusion_gap": gap(4.5, 2.0, 7.0)}))
    assert "1 procentpoint lavere" in reads(
        full(indicators={"inclusion_gap": gap(-1.2, -2.0, -0.4)})
    )


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ([96, 118, 139, 145], "steg hvert år indtil 2010"),
        ([150, 118, 139, 145], "ligger på et stabilt niveau"),
        ([96, 118, 139, 190], "stiger fortsat hvert år"),
        ([150, 118, 139, 190], "højere end året før"),
        ([96, 118, 139, 100], "lavere end året før"),
    ],
)
def test_the_trend_is_told_as_it_was(numbers: list[int], words: str) -> None:
    assert words in reads(full(advice=dict(zip(range(2007, 2011), numbers, strict=True))))


def test_a_festival_without_estimate_place_or_restaurants_is_still_told() -> None:
    bare = FestivalFacts("Eid-fest", "", None, "", ())
    text = reads(full(festivals=[bare]))
    assert "Afholdt Eid-fest i samarbejde med Wonderful Copenhagen." in text
    assert "Afholdt Eid-fest." in reads(full(festivals=[bare], words={}))


def test_projects_are_told_with_what_is_known() -> None:
    open_end = ProjectPeriod("Byens Stemmer", date(2009, 8, 1), None, "", "Det går videre.")
    long = ProjectPeriod("Naboer", date(2009, 8, 1), date(2010, 2, 1), "Foreningen", "")
    text = reads(full(projects=[open_end, long]))
    assert "»Byens Stemmer« fra august 2009. Det går videre." in text
    assert (
        "fra august 2009 til februar 2010. Herefter er projektet overflyttet til Foreningen."
        in (text)
    )


def test_every_figure_knows_its_rule() -> None:
    figures = full().figures()
    assert {"workshops", "people", "fd_goals", "advice", "person_years"} <= figures.keys()
    assert all(shown.rule for shown in figures.values())
    assert figures["helhedsplaner"].rows == tuple("abcde")
    assert len(figures["advice"].rows) == 145
    assert "118 (2008), 139 (2009)" in figures["advice"].rule
    assert len(figures["requisitions"].rows) == 28
    assert figures["person_years_2"].rows == ("2. Indsats i udsatte boligområder: 1",)
    assert figures["fd_goals"].indicator == "fd_goals"


def test_the_data_names_the_figures_of_each_line() -> None:
    data = as_data.rendered(full())
    assert data["figures"]["fd_goals"]["value"] == 85
    status = next(one for one in data["sections"] if one["key"] == "status")
    assert {"workshops", "people", "fd_goals"} <= {
        figure
        for block in status["blocks"]
        for line in block["lines"]
        for figure in line["figures"]
    }
    assert [one["key"] for one in data["sections"]] == [
        "summary", "recommendation", "problem", "solution", "status", "programme", "economy",
        "process", "method",
    ]  # fmt: skip


def test_braces_in_a_title_stay_as_they_are() -> None:
    line = composed("Afholdt {noget} i {byen}", {})
    assert text_of(line) == "Afholdt {noget} i {byen}"
    assert starting_large(()) == ()


def test_person_years_may_be_broken() -> None:
    plan = [PlanArea(1, "Inklusion", (), Decimal("0.5"))]
    assert "I alt 0,5" in reads(full(plan=plan, person_years=Decimal("0.5")))
