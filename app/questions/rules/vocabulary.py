"""What a condition may speak of: the questions of one version and their possible values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.questions.rules.conditions import CONNECTIVES, GROUP_OPERATORS, OPERATORS, Condition, parts

DEEPEST = 5
MOST_NODES = 50

KEYS: Mapping[str, frozenset[str]] = {
    **dict.fromkeys(CONNECTIVES, frozenset({"op", "of"})),
    **dict.fromkeys(("eq", "ne", "in", "ge", "le", "contains"), frozenset({"op", "q", "v"})),
    "answered": frozenset({"op", "q"}),
    **dict.fromkeys(("any_of", "all_of"), frozenset({"op", "group", "item"})),
    "share_ge": frozenset({"op", "group", "item", "num", "den"}),
    "count_ge": frozenset({"op", "group", "item", "n"}),
}


@dataclass(frozen=True, slots=True)
class Domain:
    """The values a question can take; `values` is None where any of its kind will do."""

    kind: str
    values: frozenset[str | int] | None = None

    def holds(self, value: Any) -> bool:
        """Whether a question of this domain could ever have the value."""
        if self.values is not None:
            return not isinstance(value, bool) and value in self.values
        if self.kind == "number":
            return isinstance(value, int | float) and not isinstance(value, bool)
        return isinstance(value, str)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Every question of one questionnaire version, those of repeated groups by group."""

    questions: Mapping[str, Domain]
    groups: Mapping[str, Mapping[str, Domain]] = field(default_factory=dict)


def flaws(condition: Any, vocabulary: Vocabulary) -> list[str]:
    """What is wrong with a condition, one sentence each; empty if it may be saved."""
    misshapen = list(_shape_flaws(condition, 1))
    if misshapen:
        return misshapen
    if _nodes(condition) > MOST_NODES:
        return [f"The condition has more than {MOST_NODES} parts."]
    return list(_name_flaws(condition, vocabulary.questions, vocabulary))


def _nodes(condition: Condition) -> int:
    return 1 + sum(_nodes(part) for part in parts(condition))


def _shape_flaws(condition: Any, depth: int) -> Iterator[str]:
    if depth > DEEPEST:
        yield f"The condition is nested deeper than {DEEPEST} levels."
    elif not isinstance(condition, Mapping):
        yield f"A condition is an object, not {condition!r}."
    elif condition.get("op") not in OPERATORS:
        yield f"There is no operator {condition.get('op')!r}."
    elif frozenset(condition) != KEYS[condition["op"]]:
        keys = ", ".join(sorted(KEYS[condition["op"]]))
        yield f"“{condition['op']}” takes exactly: {keys}."
    else:
        yield from _content_flaws(condition, depth)


def _content_flaws(condition: Condition, depth: int) -> Iterator[str]:
    op = condition["op"]
    if op in ("all", "any") and not (isinstance(condition["of"], list) and condition["of"]):
        yield f"“{op}” takes a list of at least one condition."
    elif op == "not" and not isinstance(condition["of"], Mapping):
        yield "“not” takes one condition."
    elif op in GROUP_OPERATORS and not isinstance(condition["group"], str):
        yield f"“{op}” names its group by a code."
    elif "q" in condition and not isinstance(condition["q"], str):
        yield f"“{op}” names its question by a code."
    else:
        yield from _threshold_flaws(condition)
        for part in parts(condition):
            yield from _shape_flaws(part, depth + 1)


def _threshold_flaws(condition: Condition) -> Iterator[str]:
    bounds = [condition[key] for key in ("num", "den", "n") if key in condition]
    if any(type(bound) is not int or not 1 <= bound <= 1000 for bound in bounds):
        yield f"“{condition['op']}” counts in whole numbers from 1 to 1000."
    elif condition["op"] == "share_ge" and condition["num"] > condition["den"]:
        yield "“share_ge” cannot ask for more than all items."


def _name_flaws(
    condition: Condition, questions: Mapping[str, Domain], vocabulary: Vocabulary | None
) -> Iterator[str]:
    inner = questions
    if "group" in condition:
        if vocabulary is None:
            yield "A group cannot stand inside another group."
            return
        if condition["group"] not in vocabulary.groups:
            yield f"There is no group “{condition['group']}”."
            return
        inner, vocabulary = vocabulary.groups[condition["group"]], None
    elif "q" in condition:
        yield from _question_flaws(condition, questions)
    for part in parts(condition):
        yield from _name_flaws(part, inner, vocabulary)


def _question_flaws(condition: Condition, questions: Mapping[str, Domain]) -> Iterator[str]:
    code, op = condition["q"], condition["op"]
    if code not in questions:
        yield f"There is no question “{code}”."
        return
    domain = questions[code]
    if (op == "contains") != (domain.kind == "several") and op != "answered":
        yield f"“{op}” does not fit the question “{code}”, which is of the kind {domain.kind}."
    elif op in ("ge", "le") and domain.kind not in ("scale", "number", "date"):
        yield f"“{op}” needs an order, which the question “{code}” does not have."
    elif op != "answered":
        yield from _value_flaws(condition, domain)


def _value_flaws(condition: Condition, domain: Domain) -> Iterator[str]:
    operand = condition["v"]
    if condition["op"] == "in":
        if not isinstance(operand, list) or not operand:
            yield "“in” takes a list of at least one value."
            return
    else:
        operand = [operand]
    for value in operand:
        if isinstance(value, list | dict) or not domain.holds(value):
            yield f"The question “{condition['q']}” has no value {value!r}."
