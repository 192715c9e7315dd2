"""An answer and its state: answered, not asked, skipped, don't know and not relevant differ."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

Scalar: TypeAlias = str | int | float
Value: TypeAlias = Scalar | tuple[str, ...]


class AnswerState(StrEnum):
    """Five different values; a missing answer is never merely nothing."""

    ANSWERED = "answered"
    NOT_ASKED = "not_asked"
    SKIPPED = "skipped"
    DONT_KNOW = "dont_know"
    NOT_RELEVANT = "not_relevant"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer; `value` is given if and only if the state is `answered`."""

    state: AnswerState
    value: Value | None = None

    def __post_init__(self) -> None:
        if (self.state is AnswerState.ANSWERED) != (self.value is not None):
            raise ValueError(f"An answer that is {self.state} cannot hold {self.value!r}.")


NOT_ASKED = Answer(AnswerState.NOT_ASKED)
SKIPPED = Answer(AnswerState.SKIPPED)
DONT_KNOW = Answer(AnswerState.DONT_KNOW)
NOT_RELEVANT = Answer(AnswerState.NOT_RELEVANT)


def answered(value: Value) -> Answer:
    """The answer that holds this value."""
    return Answer(AnswerState.ANSWERED, value)


Item: TypeAlias = Mapping[str, Answer]


@dataclass(frozen=True, slots=True)
class Answers:
    """All answers of one answer set: by question code, and repeated groups as lists of the same."""

    values: Item = field(default_factory=dict)
    groups: Mapping[str, Sequence[Item]] = field(default_factory=dict)

    def items(self, group: str) -> Sequence[Item]:
        """The items of a repeated group; none if the person has none."""
        return self.groups.get(group, ())
