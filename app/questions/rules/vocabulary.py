"""What a condition may speak of: the questions of one version and their possible values."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from app.core.marking import marked
from app.questions.rules.conditions import CONNECTIVES, GROUP_OPERATORS, OPERATORS, Condition, parts
from app.questions.rules.flaws import Flaw, listed

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


def flaws(condition: Any, vocabulary: Vocabulary) -> list[Flaw]:
    """What is wrong with a condition, one sentence each; empty if it may be saved."""
    misshapen = list(_shape_flaws(condition, 1))
    if misshapen:
        return misshapen
    if _nodes(condition) > MOST_NODES:
        return [Flaw(marked("The condition has more than %(most)s parts."), most=MOST_NODES)]
    return list(_name_flaws(condition, vocabulary.questions, vocabulary))


def _nodes(condition: Condition) -> int:
    return 1 + sum(_nodes(part) for part in parts(condition))


def _shape_flaws(condition: Any, depth: int) -> Iterator[Flaw]:
    if depth > DEEPEST:
        yield Flaw(
            marked("The condition is nested deeper than %(deepest)s levels."), deepest=DEEPEST
        )
    elif not isinstance(condition, Mapping):
        yield Flaw(marked("A condition is an object, not %(given)s."), given=repr(condition))
    elif condition.get("op") not in OPERATORS:
        yield Flaw(
            marked("There is no operator %(given)s. The operators are: %(allowed)s."),
            given=repr(condition.get("op")),
            allowed=listed(OPERATORS),
        )
    elif frozenset(condition) != KEYS[condition["op"]]:
        keys = listed(sorted(KEYS[condition["op"]]))
        yield Flaw(marked("“%(op)s” takes exactly: %(keys)s."), op=condition["op"], keys=keys)
    else:
        yield from _content_flaws(condition, depth)


def _content_flaws(condition: Condition, depth: int) -> Iterator[Flaw]:
    op = condition["op"]
    if op in ("all", "any") and not (isinstance(condition["of"], list) and condition["of"]):
        yield Flaw(marked("“%(op)s” takes a list of at least one condition."), op=op)
    elif op == "not" and not isinstance(condition["of"], Mapping):
        yield Flaw(marked("“not” takes one condition."))
    elif op in GROUP_OPERATORS and not isinstance(condition["group"], str):
        yield Flaw(marked("“%(op)s” names its group by a code."), op=op)
    elif "q" in condition and not isinstance(condition["q"], str):
        yield Flaw(marked("“%(op)s” names its question by a code."), op=op)
    else:
        yield from _threshold_flaws(condition)
        for part in parts(condition):
            yield from _shape_flaws(part, depth + 1)


def _threshold_flaws(condition: Condition) -> Iterator[Flaw]:
    bounds = [condition[key] for key in ("num", "den", "n") if key in condition]
    if any(type(bound) is not int or not 1 <= bound <= 1000 for bound in bounds):
        yield Flaw(marked("“%(op)s” counts in whole numbers from 1 to 1000."), op=condition["op"])
    elif condition["op"] == "share_ge" and condition["num"] > condition["den"]:
        yield Flaw(marked("“share_ge” cannot ask for more than all items."))


def _name_flaws(
    condition: Condition, questions: Mapping[str, Domain], vocabulary: Vocabulary | None
) -> Iterator[Flaw]:
    inner = questions
    if "group" in condition:
        if vocabulary is None:
            yield Flaw(marked("A group cannot stand inside another group."))
            return
        if condition["group"] not in vocabulary.groups:
            yield Flaw(
                marked("There is no group “%(group)s”. The groups are: %(allowed)s."),
                group=condition["group"],
                allowed=listed(vocabulary.groups),
            )
            return
        inner, vocabulary = vocabulary.groups[condition["group"]], None
    elif "q" in condition:
        yield from _question_flaws(condition, questions)
    for part in parts(condition):
        yield from _name_flaws(part, inner, vocabulary)


def _question_flaws(condition: Condition, questions: Mapping[str, Domain]) -> Iterator[Flaw]:
    code, op = condition["q"], condition["op"]
    if code not in questions:
        yield no_such_question(code, questions)
        return
    domain = questions[code]
    if (op == "contains") != (domain.kind == "several") and op != "answered":
        yield Flaw(
            marked("“%(op)s” does not fit the question “%(code)s”, which is of the kind %(kind)s."),
            op=op,
            code=code,
            kind=domain.kind,
        )
    elif op in ("ge", "le") and domain.kind not in ("scale", "number", "date"):
        yield Flaw(
            marked("“%(op)s” needs an order, which the question “%(code)s” does not have."),
            op=op,
            code=code,
        )
    elif op != "answered":
        yield from _value_flaws(condition, domain)


def _value_flaws(condition: Condition, domain: Domain) -> Iterator[Flaw]:
    operand = condition["v"]
    if condition["op"] == "in":
        if not isinstance(operand, list) or not operand:
            yield Flaw(marked("“in” takes a list of at least one value."))
            return
    else:
        operand = [operand]
    for value in operand:
        if isinstance(value, list | dict) or not domain.holds(value):
            yield _no_such_value(condition["q"], value, domain)


def no_such_question(code: str, questions: Mapping[str, Domain]) -> Flaw:
    """A code that no question has, with those that have one."""
    return Flaw(
        marked("There is no question “%(code)s”. The questions are: %(allowed)s."),
        code=code,
        allowed=listed(questions),
    )


def _no_such_value(code: str, value: object, domain: Domain) -> Flaw:
    if domain.values is None:
        return Flaw(
            marked("The question “%(code)s” has no value %(value)s. It takes a %(kind)s."),
            code=code,
            value=repr(value),
            kind=domain.kind,
        )
    return Flaw(
        marked("The question “%(code)s” has no value %(value)s. Its values are: %(allowed)s."),
        code=code,
        value=repr(value),
        allowed=listed(sorted(domain.values, key=str)),
    )
