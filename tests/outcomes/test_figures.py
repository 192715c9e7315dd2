"""A figure counts people by what their answers certainly say, and rows add up to it."""

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.outcomes.rules.definitions import Definition, definition_hash, read
from app.outcomes.rules.figures import (
    ResponseOutcome,
    Unit,
    as_row,
    judge,
    proportion,
    responses_hash,
    suppressed,
    tally,
)
from app.outcomes.rules.panels import difference, mean_index
from app.questions.rules.answers import DONT_KNOW, NOT_RELEVANT, Answers, answered

VECTORS: dict[str, Any] = json.loads((Path(__file__).parent / "vectors.json").read_text())

RAW: dict[str, Any] = {
    "key": "fd_goals",
    "version": 3,
    "unit": "person",
    "population": {"source": "attendance", "topic": "foraeldredialog", "distinct": "person"},
    "instrument": "fd_followup",
    "instrument_versions": [1],
    "eligible": {"op": "eq", "q": "still_working", "v": "yes"},
    "success": {
        "op": "share_ge",
        "group": "own_goals",
        "item": {"op": "ge", "q": "attain", "v": 2},
        "num": 1,
        "den": 2,
    },
    "text": {"da": "{pct} har nået deres mål"},
}
GOALS = read(RAW)

PANEL = read(
    {
        "key": "inclusion_gap",
        "version": 1,
        "kind": "difference",
        "unit": "response",
        "population": {"source": "responses"},
        "instrument": "inclusion_panel",
        "instrument_versions": [1],
        "dimensions": {"trust": ["t1"], "influence": ["i1", "i2"]},
        "groups": [
            {"is": {"op": "eq", "q": "background", "v": "minority"}, "name": {"da": "minoritet"}},
            {"is": {"op": "eq", "q": "background", "v": "majority"}, "name": {"da": "majoritet"}},
        ],
        "text": {"da": "{gap}"},
    }
)


def reply(still: str | None, *attained: int | None) -> Answers:
    """A complete response: still working or not known, and how far each goal was reached."""
    values = {"still_working": answered(still) if still else DONT_KNOW}
    goals = [{"attain": DONT_KNOW if one is None else answered(one)} for one in attained]
    return Answers(values, {"own_goals": goals})


def person(ident: object, answers: Answers | None = None, event: str = "W01") -> Unit:
    """Someone who came and was asked."""
    return Unit(str(ident), "workshop", event, invited=True, delivered=True, answers=answers)


def demo_units() -> Iterator[Unit]:
    """The demo year's people, workshop by workshop, each with one goal reached or not."""
    for event, asked, complete, still, left, dont_know, reached in VECTORS["workshops"]:
        replies = [reply("yes", 2)] * reached + [reply("yes", 1)] * (still - reached)
        replies += [reply("no")] * left + [reply(None)] * dont_know
        assert len(replies) == complete
        silent: list[Answers | None] = [None] * (asked - complete)
        for number, answers in enumerate([*replies, *silent]):
            yield person(f"{event}-{number}", answers, event)


def test_the_demo_year_gives_85_percent_with_all_that_stands_beside_it() -> None:
    figure = proportion(GOALS, tally(GOALS, list(demo_units())))
    assert (figure.population, figure.invited, figure.complete) == (202, 202, 150)
    assert (figure.eligible, figure.success, figure.unknown) == (121, 103, 2)
    assert (figure.percent, figure.response_percent) == (85, 74)
    assert figure.share == pytest.approx(103 / 121)
    assert figure.interval == pytest.approx((0.777081, 0.903783), abs=1e-6)
    assert figure.interval_population == pytest.approx((0.815436, 0.88111), abs=1e-6)
    assert figure.bounds == pytest.approx((0.588571, 0.897143), abs=1e-6)


def test_the_own_goals_of_the_demo_year_reach_half_for_103_people() -> None:
    people = []
    for goals, reached, number in VECTORS["goal_patterns"]["rows"]:
        attained = [2] * reached + [1] * (goals - reached)
        people += [reply("yes", *attained) for _ in range(number)]
    counts = tally(GOALS, [person(number, one) for number, one in enumerate(people)])
    assert (counts.eligible, counts.success) == (121, VECTORS["goal_patterns"]["half"])


@pytest.mark.parametrize(
    ("answers", "verdict"),
    [
        (reply("yes", 2, 0), ResponseOutcome.SUCCESS),
        (reply("yes", 2, 0, 0), ResponseOutcome.FAILURE),
        (reply("yes", 2, None, 0), ResponseOutcome.UNKNOWN),
        (reply("yes", 2, None), ResponseOutcome.SUCCESS),
        (reply("yes"), ResponseOutcome.UNKNOWN),
        (reply("no"), ResponseOutcome.INELIGIBLE),
        (reply(None), ResponseOutcome.UNKNOWN),
    ],
)
def test_only_what_is_certain_counts(answers: Answers, verdict: ResponseOutcome) -> None:
    assert judge(GOALS, answers) is verdict


def test_a_goal_no_longer_relevant_leaves_the_denominator() -> None:
    goals = [{"attain": answered(3)}, {"attain": NOT_RELEVANT}, {"attain": NOT_RELEVANT}]
    answers = Answers({"still_working": answered("yes")}, {"own_goals": goals})
    assert judge(GOALS, answers) is ResponseOutcome.SUCCESS


def test_unknown_success_counts_as_failure_where_the_rule_says_so() -> None:
    strict = read({**RAW, "missing": "failure"})
    assert judge(strict, reply("yes", None)) is ResponseOutcome.FAILURE
    assert judge(strict, reply(None)) is ResponseOutcome.UNKNOWN


def test_nobody_to_count_gives_no_percentage() -> None:
    figure = proportion(GOALS, tally(GOALS, []))
    assert (figure.population, figure.eligible, figure.percent) == (0, 0, None)
    assert figure.interval is figure.interval_population is figure.bounds is figure.share is None


def test_all_ineligible_gives_no_percentage_but_its_counts() -> None:
    figure = proportion(GOALS, tally(GOALS, [person(n, reply("no")) for n in range(9)]))
    assert (figure.complete, figure.eligible, figure.percent) == (9, 0, None)


def test_everyone_has_answered_leaves_nothing_to_estimate() -> None:
    figure = proportion(GOALS, tally(GOALS, [person(n, reply("yes", n % 4)) for n in range(20)]))
    assert figure.all_answered
    assert figure.interval_population is None
    assert figure.interval is not None


def test_a_suppressed_figure_tells_who_was_asked_and_nothing_they_said() -> None:
    figure = suppressed(proportion(GOALS, tally(GOALS, [person(1, reply("yes", 2))])))
    assert figure.suppressed
    assert (figure.population, figure.invited, figure.delivered) == (1, 1, 1)
    assert figure.complete is figure.eligible is figure.success is figure.percent is None
    assert figure.bounds is figure.interval is figure.share is figure.unknown is None
    assert figure.response_percent is None


def test_a_row_shows_people_eligible_and_percent_but_no_other_small_count() -> None:
    row = as_row(proportion(GOALS, tally(GOALS, list(demo_units()))))
    assert (row.population, row.eligible, row.percent) == (202, 121, 85)
    assert row.complete is row.unknown is row.bounds is row.interval_population is None


kinds_of_reply = st.sampled_from(
    [None, reply("yes", 2), reply("yes", 0), reply("no"), reply(None), reply("yes", None)]
)


@given(st.lists(kinds_of_reply), st.lists(kinds_of_reply))
def test_rows_roll_up_by_adding_their_counts(one: list[Any], two: list[Any]) -> None:
    first = [person(f"a{n}", answers) for n, answers in enumerate(one)]
    second = [person(f"b{n}", answers) for n, answers in enumerate(two)]
    whole = tally(GOALS, first + second)
    assert tally(GOALS, first) + tally(GOALS, second) == whole
    assert whole.complete == whole.eligible + whole.ineligible + whole.unknown
    assert whole.silent == whole.population - whole.eligible - whole.ineligible


@given(st.permutations(list(range(6))))
def test_the_hash_of_the_responses_does_not_know_their_order(order: list[int]) -> None:
    people = [person(n, reply("yes", n % 5)) for n in range(6)]
    assert responses_hash([people[n] for n in order]) == responses_hash(people)


def test_the_hash_of_the_responses_changes_with_one_answer() -> None:
    people = [person(n, reply("yes", 2)) for n in range(6)]
    changed = [*people[:5], replace(people[5], answers=reply("yes", 1))]
    assert responses_hash(changed) != responses_hash(people)
    assert responses_hash([*people, person(9)]) == responses_hash(people)


def test_the_hash_of_a_definition_is_that_of_its_meaning() -> None:
    assert definition_hash(dict(reversed(list(RAW.items())))) == definition_hash(RAW)
    assert definition_hash({**RAW, "version": 4}) != definition_hash(RAW)


def panel_units(definition: Definition, minority: list[int], majority: list[int]) -> list[Unit]:
    """A panel in which each person gives all items the same points."""
    names = [("minority", minority), ("majority", majority)]
    return [
        person(
            f"{name}{number}",
            Answers(
                {"background": answered(name)}
                | {code: answered(points) for code in ("t1", "i1", "i2")}
            ),
        )
        for name, scores in names
        for number, points in enumerate(scores)
    ]


def test_a_difference_is_the_first_groups_mean_minus_the_seconds() -> None:
    units = panel_units(PANEL, [50, 75, 75, 100, 50, 50], [75, 100, 100, 100, 75, 100])
    figure = difference(PANEL, units, tally(PANEL, units), least=5)
    assert figure.value == pytest.approx(400 / 6 - 550 / 6)
    assert figure.low is not None and figure.high is not None
    assert figure.low < figure.value < figure.high < 0
    assert figure.eligible == 12
    assert figure.groups is not None
    assert [one.size for one in figure.groups] == [6, 6]
    assert not figure.suppressed


def test_a_difference_with_a_small_or_missing_group_is_hidden() -> None:
    small = panel_units(PANEL, [50, 75], [75] * 9)
    assert difference(PANEL, small, tally(PANEL, small), least=5).suppressed
    none = difference(PANEL, [], tally(PANEL, []), least=5)
    assert (none.suppressed, none.value) == (False, None)


def test_a_mean_counts_those_whose_dimensions_are_known() -> None:
    units = [*panel_units(PANEL, [50, 100], []), person("x", Answers({"t1": answered(25)}))]
    figure = mean_index(PANEL, units, tally(PANEL, units))
    assert (figure.value, figure.eligible, figure.unknown) == (75, 2, 1)
    assert figure.low is not None and figure.low < 75
    alone = mean_index(PANEL, [], tally(PANEL, []))
    assert (alone.value, alone.low, alone.eligible) == (None, None, 0)
