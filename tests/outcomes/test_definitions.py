"""A definition is refused with a sentence for everything that does not exist or fit."""

from typing import Any

import pytest

from app.outcomes.rules.definitions import IndicatorKind, MissingPolicy, Source, read
from app.outcomes.rules.shape import ALLOWED
from app.outcomes.rules.validation import POPULATION, definition_flaws
from app.questions.rules.vocabulary import Domain, Vocabulary
from tests.outcomes.test_figures import RAW

DEGREE = Domain("scale", frozenset({0, 1, 2, 3, 4}))
YES_NO = Domain("choice", frozenset({"yes", "no"}))
FOLLOW_UP = Vocabulary({"still_working": YES_NO}, {"own_goals": {"attain": DEGREE}})
INSTRUMENTS = {("fd_followup", 1): FOLLOW_UP, ("fd_followup", 2): Vocabulary({})}
ONE: dict[str, Any] = {"op": "eq", "q": "still_working", "v": "yes"}
NESTED = ONE
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


@pytest.mark.parametrize(
    ("changes", "place", "allowed"),
    [
        ({"kind": "cuont"}, "kind", "count_distinct"),
        ({"unit": "persn"}, "unit", "recipient"),
        ({"missing": "exlude"}, "missing", "failure"),
        ({"text": {"da": "{ptc} har"}}, "text.da", "{pct}"),
        ({"text": {"da": "{pct har"}}, "text.da", "{pct}"),
        ({"text": {"da": "uden tal"}}, "text.da", "{pct}"),
        ({"name": {"dk": "Mål"}}, "name", "da, en, ar"),
        ({"instrument": "fd_folowup"}, "instrument", "fd_followup"),
        ({"instrument_versions": [7]}, "instrument_versions", "1, 2"),
        ({"eligible": {"op": "eq", "q": "still", "v": "yes"}}, "eligible", "still_working"),
        ({"eligible": {"op": "eq", "q": "still_working", "v": "ja"}}, "eligible", "no, yes"),
        ({"success": {"op": "equals", "q": "x", "v": 1}}, "success", "share_ge"),
        ({"success": {"op": "any_of", "group": "goals", "item": ONE}}, "success", "own_goals"),
        ({"dimensions": []}, "dimensions", "takes no"),
        ({"groups": 5}, "groups", "takes no"),
        ({"kind": "count", "groups": 5}, "groups", "takes no"),
        ({"kind": "count", "instrument_versions": 5}, "instrument_versions", "takes no"),
        ({"kind": "count", "population": {"source": "advisory_tasks"}}, "success", "takes no"),
        ({"kind": "estimate"}, "population.source", "estimates"),
        ({"min_n": 10**12}, "min_n", "10000"),
        ({"version": 10**12}, "version", "10000"),
        ({"key": "a" * 41}, "key", "40 at most"),
    ],
)  # fmt: skip
def test_a_flaw_stands_at_its_field_and_says_what_is_allowed(
    changes: dict[str, Any], place: str, allowed: str
) -> None:
    raw = {**RAW, **changes}
    said = [flaw for flaw in definition_flaws(raw, INSTRUMENTS) if flaw.place == place]
    assert any(allowed in flaw for flaw in said), definition_flaws(raw, INSTRUMENTS)


@pytest.mark.parametrize(
    ("population", "field", "allowed"),
    [
        ({"source": "atendance"}, "source", "enrolments"),
        ({"source": "attendance", "event_kind": "worksohp"}, "event_kind", "workshop"),
        ({"source": "attendance", "status": "came"}, "status", "attended"),
        ({"source": "attendance", "topic": "foraeldredialg"}, "topic", "foraeldredialog"),
        ({"source": "attendance", "distinct": "household"}, "distinct", "person"),
        ({"source": "attendance", "task_kind": "advice"}, "task_kind", "event_kind"),
        ({"source": "enrolments", "status": "attended"}, "status", "waitlisted"),
        ({"source": "advisory_tasks", "status": "done"}, "status", "closed, open"),
        ({"source": "advisory_tasks", "task_kind": "avice"}, "task_kind", "requisition"),
        ({"source": "advisory_tasks", "event_kind": "festival"}, "event_kind", "task_kind"),
        ({"source": "responses", "topic": "foraeldredialog"}, "topic", "status"),
        ({"source": "estimates", "event_kind": "workshop"}, "event_kind", "festival"),
    ],
)  # fmt: skip
def test_a_population_is_narrowed_by_closed_lists_alone(
    population: dict[str, str], field: str, allowed: str
) -> None:
    raw = {**RAW, "population": population}
    found = definition_flaws(raw, INSTRUMENTS, {"foraeldredialog"})
    said = [flaw for flaw in found if flaw.place == f"population.{field}"]
    assert any(allowed in flaw for flaw in said), found


def test_a_count_is_not_told_to_count_people() -> None:
    raw = {
        "key": "n", "version": 1, "kind": "count", "unit": "visit", "text": {"da": "{number}"},
        "population": {"source": "attendance", "distinct": "person"},
    }  # fmt: skip
    assert [flaw.place for flaw in definition_flaws(raw, {})] == ["population.distinct"]
    assert definition_flaws({**raw, "kind": "count_distinct"}, {}) == []


ODD: list[Any] = [None, True, 5, -1, 1.5, "", "x", [], ["x"], {}, {"x": 1}, {"da": None}, [[]]]


@pytest.mark.parametrize("kind", list(IndicatorKind))
@pytest.mark.parametrize("source", list(Source))
def test_whatever_has_no_flaws_can_be_read(kind: IndicatorKind, source: Source) -> None:
    own = {"key": "k", "version": 1, "unit": "person", "text": {"da": "{pct}"}, "kind": kind}
    asked = {"instrument": "fd_followup", "instrument_versions": [1], "success": ONE}
    for raw in (own | {"population": {"source": source}}, RAW | own | asked):
        for field in {*ALLOWED, *(f"population.{name}" for name in POPULATION)}:
            for odd in ODD:
                changed = mutated(raw, field, odd)
                if not definition_flaws(changed, INSTRUMENTS):
                    assert read(changed).key == changed["key"]


def mutated(raw: dict[str, Any], field: str, odd: Any) -> dict[str, Any]:
    """The definition with something odd in one of its fields."""
    whole, _, part = field.partition(".")
    return {**raw, whole: {**raw[whole], part: odd} if part else odd}
