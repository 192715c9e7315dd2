"""Figures in words, in Danish, whatever they are."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from flask import Flask
from flask_babel import force_locale

from app.outcomes import wording
from app.outcomes.rules.definitions import IndicatorKind, read
from app.outcomes.rules.figures import Figure, FigureSums, ResponseOutcome, proportion, suppressed
from tests.outcomes.test_figures import PANEL, RAW

GOALS = read({**RAW, "name": {"da": "Har nået deres mål"}})
NO_BREAK = "\N{NO-BREAK SPACE}"


@pytest.fixture(autouse=True)
def danish(prepared_app: Flask) -> Iterator[None]:
    """Everything is said in Danish."""
    with prepared_app.app_context(), force_locale("da"):
        yield


def share(success: int, failure: int) -> Figure:
    """The figure of so many."""
    whole = success + failure
    return proportion(GOALS, FigureSums(whole, whole, whole, whole, success, failure))


@pytest.mark.parametrize(
    ("success", "failure", "words"),
    [
        (103, 18, "85 %"),
        (17, 3, "85 % (17 ud af 20)"),
        (0, 40, "0 %"),
        (40, 0, "100 %"),
        (399, 1, "over 99 %"),
        (1, 399, "under 1 %"),
        (0, 0, "ingen svar"),
    ],
)
def test_a_share_is_said_with_its_numbers_where_they_are_few(
    success: int, failure: int, words: str
) -> None:
    assert wording.share_words(share(success, failure)).replace(NO_BREAK, " ") == words


def test_the_percent_sign_stays_with_its_number() -> None:
    assert wording.share_words(share(103, 18)) == f"85{NO_BREAK}%"


def test_a_figure_in_a_list_is_said_by_its_kind() -> None:
    mean = replace(GOALS, kind=IndicatorKind.MEAN_INDEX)
    count = replace(GOALS, kind=IndicatorKind.COUNT)
    assert wording.value_words(mean, Figure("x", 1, 5, value=71.23)) == "71,2"
    assert wording.value_words(count, Figure("x", 1, 5, value=20000)) == "20.000"
    assert wording.value_words(count, Figure("x", 1, 5)) == "ingen"
    assert wording.value_words(PANEL, Figure("x", 1, 5)) == "ingen svar"
    assert wording.value_words(PANEL, Figure("x", 1, 5, value=-5.0, low=-6, high=-4)) == (
        "5 procentpoint lavere"
    )
    assert wording.value_words(PANEL, Figure("x", 1, 5, value=-5.0, low=-6, high=4)) == (
        "ingen sikker forskel"
    )
    assert wording.value_words(GOALS, suppressed(share(2, 1))) == "vises ikke"


def test_a_sentence_says_the_figure_or_why_there_is_none() -> None:
    mean = replace(GOALS, kind=IndicatorKind.MEAN_INDEX, text={"da": "i snit {pct}"})
    count = replace(GOALS, kind=IndicatorKind.COUNT, text={"da": "{number} fremmøder"})
    assert wording.sentence(mean, Figure("x", 1, 5, value=50.0), 5) == "I snit 50,0"
    assert wording.sentence(mean, Figure("x", 1, 5), 5) == "Har nået deres mål: ingen svar endnu."
    assert wording.sentence(count, Figure("x", 1, 5, value=1205), 5) == "1.205 fremmøder"
    assert wording.sentence(GOALS, share(0, 40), 5) == "Ingen har nået deres mål"
    assert wording.sentence(GOALS, suppressed(share(2, 1)), 5) == (
        "Har nået deres mål: vises ikke, fordi færre end 5 har svaret."
    )
    unsure = Figure("x", 1, 9, eligible=9, value=1.0, low=-1.0, high=3.0)
    assert wording.sentence(PANEL, unsure, 5) == "Ingen sikker forskel"


def test_provenance_names_the_interval_that_fits() -> None:
    lines = [line.replace(NO_BREAK, " ") for line in wording.provenance(GOALS, share(17, 3))]
    assert "Årets deltagere: alle har svaret" in lines
    assert "17 af 20; svarprocent 100" in lines
    assert wording.provenance(GOALS, suppressed(share(2, 1))) == []
    estimate = replace(GOALS, kind=IndicatorKind.ESTIMATE)
    told = wording.provenance(estimate, Figure("x", 1, None, value=20000, low=17000, high=23000))
    assert told == ["Skøn: 20.000 (mellem 17.000 og 23.000)"]
    uninvited = replace(share(17, 3), invited=None)
    assert "17 af 20" in wording.provenance(GOALS, uninvited)


def test_a_count_that_does_not_apply_is_left_out() -> None:
    figure = share(17, 3)
    assert wording.known_words(figure, "complete") == "20"
    assert wording.known_words(suppressed(figure), "complete") == "–"
    assert wording.known_words(Figure("x", 1, None), "complete") is None
    assert wording.known_words(replace(figure, invited=0), "invited") is None
    assert wording.interval_words(None) == ""


def test_every_verdict_has_its_words() -> None:
    assert len({wording.verdict_words(one) for one in (*ResponseOutcome, None)}) == 5
