"""A definition is refused with a sentence for everything that does not exist or fit."""

from typing import Any

import pytest

from app.outcomes.rules.definitions import IndicatorKind, MissingPolicy, Source, read
from app.outcomes.rules.validation import definition_flaws
from app.questions.rules.vocabulary import Domain, Vocabulary
from tests.outcomes.test_figures import RAW

DEGREE = Domain("scale", frozenset({0, 1, 2, 3, 4}))
YES_NO = Domain("choice", frozenset({"yes", "no"}))
FOLLOW_UP = Vocabulary({"still_working": YES_NO}, {"own_goals": {"attain": DEGREE}})
INSTRUMENTS = {("fd_followup", 1): FOLLOW_UP, ("fd_followup", 2): Vocabulary({})}
NESTED: dict[str, Any] = {"op": "eq", "q": "still_working", "v": "yes"}
for _ in range(5):
    NESTED = {"op": "not", "of": NESTED}


def flaws(**changes: Any) -> list[str]:
    """The flaws of the good definition with these fields changed; None takes a field away."""
    raw = {key: value for key, value in {**RAW, **changes}.items() if value is not None}
    return definition_flaws(raw, INSTRUMENTS)


def test_the_definition_of_the_paper_has_no_flaws() -> None:
    assert flaws() == []


def test_a_definition_is_read_with_its_defaults() -> None:
    found = read(RAW)
    assert (found.kind, found.missing, found.min_n) == (
        IndicatorKind.PROPORTION,
        MissingPolicy.EXCLUDE,
        5,
    )
    assert found.population.source is Source.ATTENDANCE
    assert found.instrument_versions == (1,)


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        ({"key": None}, "“key” is missing"),
        ({"population": None}, "“population” is missing"),
        ({"key": "Mål!"}, "“key” is a short name"),
        ({"colour": "red"}, "no field “colour”"),
        ({"version": True}, "“version” is a whole number"),
        ({"kind": "guess"}, "“kind” is one of"),
        ({"missing": "impute"}, "“missing” is one of"),
        ({"response": "partial"}, "“response” can only"),
        ({"rounding": 1}, "“rounding” can only"),
        ({"sensitive": "yes"}, "“sensitive” is true or false"),
        ({"min_n": 2}, "“min_n” is a whole number from 5"),
        ({"unit": 7}, "“unit” is a word"),
        ({"text": {"da": 1}}, "“text” gives a text"),
        ({"text": {"en": "x"}}, "“text” is needed in Danish"),
        ({"population": "all"}, "“population” is an object"),
        ({"population": {"source": "rumour"}}, "source is one of"),
        ({"population": {"source": "attendance", "period": "week"}}, "period can only"),
        ({"population": {"source": "attendance", "colour": "red"}}, "no “colour”"),
        ({"instrument_versions": []}, "lists at least one version"),
        ({"instrument_versions": [3]}, "no version 3 of “fd_followup”"),
        ({"instrument_versions": ["1"]}, "no version 1"),
        ({"instrument": 5}, "no version 1 of “5”"),
        ({"instrument_versions": [1, 2]}, "Version 2: There is no question “still_working”"),
        ({"success": None}, "needs “success”"),
        ({"success": {"op": "eval", "q": "x"}}, "There is no operator"),
        ({"eligible": {"op": "eq", "q": "still_working", "v": "maybe"}}, "has no value"),
        ({"eligible": NESTED}, "deeper than 5"),
        ({"kind": "mean_index"}, "needs “dimensions”"),
        ({"kind": "mean_index", "dimensions": {"a": []}}, "needs “dimensions”"),
        ({"kind": "mean_index", "dimensions": {"a": ["x"]}}, "no question “x”"),
        ({"kind": "mean_index", "dimensions": {"a": ["still_working"]}}, "no points"),
        ({"kind": "difference", "dimensions": {"a": ["x"]}}, "needs two “groups”"),
        ({"kind": "difference", "groups": [{"is": {}}, {"or": 1}]}, "needs two “groups”"),
        ({"groups": [{"is": {"op": "nor"}}, {"is": {"op": "nor"}}]}, "no operator 'nor'"),
    ],
)
def test_a_flaw_is_named(changes: dict[str, Any], part: str) -> None:
    assert any(part in flaw for flaw in flaws(**changes)), flaws(**changes)


def test_a_condition_with_too_many_parts_is_refused() -> None:
    one = {"op": "eq", "q": "still_working", "v": "yes"}
    assert "more than 50" in flaws(eligible={"op": "any", "of": [one] * 50})[0]


def test_what_is_not_an_object_is_refused() -> None:
    assert definition_flaws([], {}) == ["A definition is an object."]


def test_an_estimate_needs_no_questionnaire() -> None:
    raw = {
        "key": "visitors",
        "version": 1,
        "kind": "estimate",
        "unit": "visitor",
        "population": {"source": "estimates", "event_kind": "festival"},
        "text": {"da": "{number} deltagere"},
    }
    assert definition_flaws(raw, {}) == []
