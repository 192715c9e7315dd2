"""The closed grammar of conditions and its three-valued evaluation: true, false or unknown (None).

    {"op": "all" | "any", "of": [condition, ...]}      {"op": "not", "of": condition}
    {"op": "eq" | "ne" | "ge" | "le" | "contains", "q": code, "v": value}
    {"op": "in", "q": code, "v": [value, ...]}         {"op": "answered", "q": code}
    {"op": "any_of" | "all_of", "group": code, "item": condition}
    {"op": "share_ge", "group": code, "item": condition, "num": 1, "den": 2}
    {"op": "count_ge", "group": code, "item": condition, "n": 1}

`not`, `all` and `any` follow Kleene. A comparison on anything but an answered value is unknown;
`answered` is always true or false. Over a group the not-relevant items are left out first.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypeAlias

from app.questions.rules.answers import NOT_ASKED, Answers, AnswerState, Item, Value

Condition: TypeAlias = Mapping[str, Any]
Truth: TypeAlias = bool | None

COMPARISONS = ("eq", "ne", "in", "ge", "le", "contains")
CONNECTIVES = ("all", "any", "not")
GROUP_OPERATORS = ("any_of", "all_of", "share_ge", "count_ge")
OPERATORS = (*CONNECTIVES, *COMPARISONS, "answered", *GROUP_OPERATORS)


def evaluate(condition: Condition, answers: Answers) -> Truth:
    """Whether the condition holds for these answers; None if that is not known."""
    op = condition["op"]
    if op in CONNECTIVES:
        return _connect(op, [evaluate(part, answers) for part in parts(condition)])
    if op in GROUP_OPERATORS:
        return _over_group(condition, answers.items(condition["group"]))
    return _compare(condition, answers.values)


def parts(condition: Condition) -> list[Condition]:
    """The conditions directly inside this one."""
    if condition["op"] in CONNECTIVES:
        inner = condition["of"]
        return [inner] if isinstance(inner, Mapping) else list(inner)
    return [condition["item"]] if condition["op"] in GROUP_OPERATORS else []


def questions_in(condition: Condition) -> set[str]:
    """The codes of the questions that this condition, or one inside it, compares."""
    own = {condition["q"]} if "q" in condition else set()
    return own.union(*(questions_in(part) for part in parts(condition)))


def all_true(truths: Iterable[Truth]) -> Truth:
    """Kleene's conjunction; true for nothing at all."""
    seen = set(truths)
    if False in seen:
        return False
    return None if None in seen else True


def any_true(truths: Iterable[Truth]) -> Truth:
    """Kleene's disjunction; false for nothing at all."""
    return negation(all_true(negation(truth) for truth in truths))


def negation(truth: Truth) -> Truth:
    """Kleene's negation: unknown stays unknown."""
    return None if truth is None else not truth


def _connect(op: str, truths: list[Truth]) -> Truth:
    if op == "not":
        return negation(truths[0])
    return all_true(truths) if op == "all" else any_true(truths)


def _compare(condition: Condition, item: Item) -> Truth:
    answer = item.get(condition["q"], NOT_ASKED)
    if condition["op"] == "answered":
        return answer.state is AnswerState.ANSWERED
    if answer.value is None:
        return None
    return _COMPARE[condition["op"]](answer.value, condition["v"])


def _at_least(value: Value, bound: Any) -> Truth:
    return value >= bound if _ordered_alike(value, bound) else None


def _at_most(value: Value, bound: Any) -> Truth:
    return value <= bound if _ordered_alike(value, bound) else None


def _ordered_alike(value: Any, bound: Any) -> bool:
    both_numbers = isinstance(value, int | float) and isinstance(bound, int | float)
    return both_numbers or (isinstance(value, str) and isinstance(bound, str))


def _holds(value: Value, choice: Any) -> Truth:
    return choice in value if isinstance(value, tuple) else None


_COMPARE: Mapping[str, Callable[[Value, Any], Truth]] = {
    "eq": lambda value, operand: value == operand,
    "ne": lambda value, operand: value != operand,
    "in": lambda value, operand: value in operand,
    "ge": _at_least,
    "le": _at_most,
    "contains": _holds,
}


def _over_group(condition: Condition, items: Iterable[Item]) -> Truth:
    truths = [_in_item(condition["item"], item) for item in relevant(condition["item"], items)]
    if not truths:
        return None
    sure, open_ = truths.count(True), truths.count(None)
    num, den = _threshold(condition, len(truths))
    if sure * den >= num:
        return True
    return False if (sure + open_) * den < num else None


def relevant(condition: Condition, items: Iterable[Item]) -> list[Item]:
    """The items in which nothing that the condition asks about is marked not relevant."""
    codes = questions_in(condition)
    return [item for item in items if not any(_not_relevant(item, code) for code in codes)]


def _not_relevant(item: Item, code: str) -> bool:
    return item.get(code, NOT_ASKED).state is AnswerState.NOT_RELEVANT


def _in_item(condition: Condition, item: Item) -> Truth:
    return evaluate(condition, Answers(values=item))


def _threshold(condition: Condition, left: int) -> tuple[int, int]:
    """How many of the items left must hold, as a fraction: (numerator, denominator)."""
    match condition["op"]:
        case "any_of":
            return 1, 1
        case "all_of":
            return left, 1
        case "share_ge":
            return condition["num"] * left, condition["den"]
        case _:
            return condition["n"], 1
