"""The three-valued evaluator: by example, and against brute force over the unknowns."""

from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.questions.rules.answers import (
    DONT_KNOW,
    NOT_ASKED,
    NOT_RELEVANT,
    SKIPPED,
    Answer,
    Answers,
    AnswerState,
    answered,
)
from app.questions.rules.conditions import evaluate, questions_in
from app.questions.rules.vocabulary import Domain, Vocabulary, flaws

DEGREES = range(5)
UNKNOWNS = [NOT_ASKED, SKIPPED, DONT_KNOW]
HALF_OF_GOALS = {
    "op": "share_ge",
    "group": "own_goals",
    "item": {"op": "ge", "q": "attain", "v": 2},
    "num": 1,
    "den": 2,
}


def goals(*attained: int | Answer) -> Answers:
    """One person's goals, each with how far it was reached."""
    given_ = [a if isinstance(a, Answer) else answered(a) for a in attained]
    return Answers(groups={"own_goals": [{"attain": a} for a in given_]})


def test_an_answer_holds_a_value_exactly_when_answered() -> None:
    with pytest.raises(ValueError, match="skipped"):
        Answer(AnswerState.SKIPPED, 3)
    with pytest.raises(ValueError, match="answered"):
        Answer(AnswerState.ANSWERED)


@pytest.mark.parametrize(
    ("attained", "expected"),
    [
        ((3, 0), True),
        ((0, 0, 4), False),
        ((2, DONT_KNOW), True),
        ((3, 0, 0, DONT_KNOW), None),
        ((0, 0, 0, DONT_KNOW), False),
        ((2, 0, 0, NOT_RELEVANT), False),
        ((2, 0, NOT_RELEVANT), True),
        ((NOT_RELEVANT,), None),
        ((), None),
    ],
)
def test_half_of_the_relevant_goals(attained: tuple[int | Answer, ...], expected: object) -> None:
    assert evaluate(HALF_OF_GOALS, goals(*attained)) is expected


@pytest.mark.parametrize("state", [*UNKNOWNS, NOT_RELEVANT])
@pytest.mark.parametrize("op", ["eq", "ne", "ge", "le"])
def test_a_comparison_without_an_answer_is_unknown(op: str, state: Answer) -> None:
    assert evaluate({"op": op, "q": "coop", "v": 3}, Answers({"coop": state})) is None


@pytest.mark.parametrize("state", [*UNKNOWNS, NOT_RELEVANT])
def test_answered_is_always_true_or_false(state: Answer) -> None:
    condition = {"op": "answered", "q": "coop"}
    assert evaluate(condition, Answers({"coop": state})) is False
    assert evaluate(condition, Answers({"coop": answered(0)})) is True
    assert evaluate(condition, Answers()) is False


@pytest.mark.parametrize(
    ("condition", "expected"),
    [
        ({"op": "contains", "q": "methods", "v": "cafe"}, True),
        ({"op": "contains", "q": "methods", "v": "visit"}, False),
        ({"op": "in", "q": "still", "v": ["yes", "no"]}, True),
        ({"op": "in", "q": "still", "v": ["no"]}, False),
        ({"op": "ge", "q": "since", "v": "2010-05-01"}, True),
        ({"op": "le", "q": "since", "v": "2010-05-01"}, False),
        ({"op": "ge", "q": "still", "v": 3}, None),
        ({"op": "contains", "q": "still", "v": "y"}, None),
    ],
)
def test_comparisons_by_kind(condition: dict[str, Any], expected: object) -> None:
    answer_set = Answers(
        {
            "methods": answered(("cafe", "home")),
            "still": answered("yes"),
            "since": answered("2010-06-05"),
        }
    )
    assert evaluate(condition, answer_set) is expected


def atoms() -> st.SearchStrategy[dict[str, Any]]:
    """Comparisons that some degree satisfies and another does not."""
    return st.one_of(
        st.builds(lambda op, v: {"op": op, "v": v}, st.sampled_from(["eq", "ne"]), st.just(2)),
        st.builds(lambda v: {"op": "ge", "v": v}, st.integers(1, 4)),
        st.builds(lambda v: {"op": "le", "v": v}, st.integers(0, 3)),
        st.builds(lambda v: {"op": "in", "v": v}, st.sampled_from([[1], [0, 3], [2, 4]])),
    )


def trees() -> st.SearchStrategy[dict[str, Any]]:
    """Conditions over atoms whose question is still to be named."""
    return st.recursive(
        atoms(),
        lambda inner: st.one_of(
            st.builds(lambda part: {"op": "not", "of": part}, inner),
            st.builds(
                lambda op, of: {"op": op, "of": of},
                st.sampled_from(["all", "any"]),
                st.lists(inner, min_size=1, max_size=3),
            ),
        ),
        max_leaves=4,
    )


def read_once(tree: dict[str, Any], names: list[str]) -> dict[str, Any]:
    """The tree with a question of its own in every atom; `names` collects them."""
    if tree["op"] == "not":
        return {"op": "not", "of": read_once(tree["of"], names)}
    if "of" in tree:
        return {"op": tree["op"], "of": [read_once(part, names) for part in tree["of"]]}
    names.append(f"q{len(names)}")
    return {**tree, "q": names[-1]}


def classical(condition: dict[str, Any], row: dict[str, int]) -> bool:
    """Two-valued truth on a complete row, written apart from the evaluator."""
    op = condition["op"]
    if op == "not":
        return not classical(condition["of"], row)
    if op in ("all", "any"):
        return {"all": all, "any": any}[op](classical(part, row) for part in condition["of"])
    value, wanted = row[condition["q"]], condition["v"]
    return {
        "eq": lambda: value == wanted,
        "ne": lambda: value != wanted,
        "ge": lambda: value >= wanted,
        "le": lambda: value <= wanted,
        "in": lambda: value in wanted,
    }[op]()


def consensus(outcomes: set[bool]) -> bool | None:
    """What all completions agree on."""
    return outcomes.pop() if len(outcomes) == 1 else None


answer_or_unknown = st.one_of(st.sampled_from(DEGREES).map(answered), st.sampled_from(UNKNOWNS))


@given(tree=trees(), data=st.data())
def test_kleene_equals_all_completions_when_each_question_stands_once(
    tree: dict[str, Any], data: st.DataObject
) -> None:
    names: list[str] = []
    condition = read_once(tree, names)
    row = {name: data.draw(answer_or_unknown) for name in names}
    choices = [DEGREES if row[n].value is None else [row[n].value] for n in names]
    outcomes = {
        classical(condition, dict(zip(names, filled, strict=True))) for filled in product(*choices)
    }
    assert evaluate(condition, Answers(row)) is consensus(outcomes)


@given(tree=trees(), data=st.data())
def test_what_kleene_knows_holds_in_every_completion(
    tree: dict[str, Any], data: st.DataObject
) -> None:
    names: list[str] = []
    condition = _share_names(read_once(tree, names))
    row = {"q0": data.draw(answer_or_unknown), "q1": data.draw(answer_or_unknown)}
    known = evaluate(condition, Answers(row))
    choices = [DEGREES if answer.value is None else [answer.value] for answer in row.values()]
    outcomes = {
        classical(condition, dict(zip(row, filled, strict=True))) for filled in product(*choices)
    }
    assert known is None or outcomes == {known}


def _share_names(condition: dict[str, Any]) -> dict[str, Any]:
    if "q" in condition:
        return {**condition, "q": f"q{int(condition['q'][1:]) % 2}"}
    inner = condition["of"]
    if isinstance(inner, dict):
        return {**condition, "of": _share_names(inner)}
    return {**condition, "of": [_share_names(part) for part in inner]}


group_operators = st.one_of(
    st.builds(lambda op: {"op": op}, st.sampled_from(["any_of", "all_of"])),
    st.builds(lambda n: {"op": "count_ge", "n": n}, st.integers(1, 4)),
    st.builds(
        lambda num, den: {"op": "share_ge", "num": min(num, den), "den": max(num, den)},
        st.integers(1, 4),
        st.integers(1, 4),
    ),
)


def group_truth(operator: dict[str, Any], reached: list[bool]) -> bool:
    """The group operators on complete items, by the plain reading of their names."""
    match operator["op"]:
        case "any_of":
            return any(reached)
        case "all_of":
            return all(reached)
        case "count_ge":
            return sum(reached) >= operator["n"]
        case _:
            share = Fraction(sum(reached), len(reached))
            return share >= Fraction(operator["num"], operator["den"])


@given(
    operator=group_operators,
    items=st.lists(st.one_of(answer_or_unknown, st.just(NOT_RELEVANT)), max_size=5),
)
def test_a_group_is_known_exactly_when_its_completions_agree(
    operator: dict[str, Any], items: list[Answer]
) -> None:
    condition = {**operator, "group": "own_goals", "item": HALF_OF_GOALS["item"]}
    left = [item for item in items if item is not NOT_RELEVANT]
    choices = [[True, False] if item.value is None else [item.value >= 2] for item in left]
    outcomes = (
        {group_truth(operator, list(filled)) for filled in product(*choices)}
        if left
        else {
            True,
            False,
        }
    )
    assert evaluate(condition, goals(*items)) is consensus(outcomes)


VOCABULARY = Vocabulary(
    {
        "still": Domain("choice", frozenset({"yes", "no"})),
        "coop": Domain("scale", frozenset(DEGREES)),
        "methods": Domain("several", frozenset({"cafe", "home"})),
        "guests": Domain("number"),
        "since": Domain("date"),
    },
    {"own_goals": {"attain": Domain("scale", frozenset(DEGREES))}},
)


@pytest.mark.parametrize(
    "condition",
    [
        HALF_OF_GOALS,
        {"op": "eq", "q": "still", "v": "yes"},
        {"op": "in", "q": "coop", "v": [3, 4]},
        {"op": "contains", "q": "methods", "v": "cafe"},
        {"op": "ge", "q": "guests", "v": 2.5},
        {"op": "le", "q": "since", "v": "2010-12-31"},
        {"op": "not", "of": {"op": "answered", "q": "methods"}},
        {"op": "count_ge", "group": "own_goals", "item": {"op": "answered", "q": "attain"}, "n": 1},
    ],
)
def test_a_sound_condition_has_no_flaws(condition: dict[str, Any]) -> None:
    assert flaws(condition, VOCABULARY) == []


def nested(levels: int) -> dict[str, Any]:
    """A condition that many levels deep."""
    inner: dict[str, Any] = {"op": "answered", "q": "coop"}
    for _ in range(levels - 1):
        inner = {"op": "not", "of": inner}
    return inner


ITEM = {"op": "ge", "q": "attain", "v": 2}


@pytest.mark.parametrize(
    ("condition", "named"),
    [
        ("still == yes", "object"),
        ({"op": "regex", "q": "still", "v": ".*"}, "regex"),
        ({"op": []}, "operator"),
        ({"op": "eq", "q": "still"}, "op, q, v"),
        ({"op": "eq", "q": "still", "v": "yes", "w": 1}, "op, q, v"),
        ({"op": "eq", "q": 7, "v": "yes"}, "code"),
        ({"op": "eq", "q": "gone", "v": "yes"}, "gone"),
        ({"op": "eq", "q": "still", "v": "maybe"}, "maybe"),
        ({"op": "eq", "q": "still", "v": ["yes"]}, "yes"),
        ({"op": "eq", "q": "coop", "v": True}, "True"),
        ({"op": "ge", "q": "guests", "v": "many"}, "many"),
        ({"op": "in", "q": "still", "v": []}, "list"),
        ({"op": "in", "q": "still", "v": ["yes", "perhaps"]}, "perhaps"),
        ({"op": "ge", "q": "still", "v": "yes"}, "order"),
        ({"op": "eq", "q": "methods", "v": "cafe"}, "several"),
        ({"op": "contains", "q": "still", "v": "yes"}, "choice"),
        ({"op": "all", "of": []}, "at least one"),
        ({"op": "not", "of": [ITEM]}, "one condition"),
        ({**HALF_OF_GOALS, "group": "gone"}, "gone"),
        ({**HALF_OF_GOALS, "group": 1}, "code"),
        ({**HALF_OF_GOALS, "num": 0}, "1 to 1000"),
        ({**HALF_OF_GOALS, "num": 3}, "more than all"),
        ({**HALF_OF_GOALS, "item": HALF_OF_GOALS}, "inside another group"),
        ({**HALF_OF_GOALS, "item": {"op": "eq", "q": "still", "v": "yes"}}, "still"),
        (nested(6), "deeper"),
        ({"op": "any", "of": [nested(2)] * 25}, "more than 50"),
    ],
)
def test_a_flawed_condition_is_refused_by_name(condition: object, named: str) -> None:
    sentences = flaws(condition, VOCABULARY)
    assert sentences
    assert named in sentences[0]


def test_the_questions_of_a_condition_are_found_at_every_depth() -> None:
    both = {"op": "all", "of": [HALF_OF_GOALS, {"op": "not", "of": {"op": "answered", "q": "x"}}]}
    assert questions_in(both) == {"attain", "x"}
