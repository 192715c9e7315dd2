"""When a question is put, as boxes to tick: each is one answer to one question that stands before.

A box is named "q1=c2" for a choice and "q1" for any answer at all. What several ticked boxes say is
joined by *any*; a condition that says more than boxes can is left as it is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from app.questions.rules.conditions import Condition, questions_in
from app.questions.rules.drafts import Described, QuestionnaireDraft
from app.questions.rules.types import TRAITS, QuestionType


@dataclass(frozen=True)
class AnswerBox:
    """One answer to one earlier question; `value` is None for any answer at all."""

    question: Described
    value: str | int | None = None

    @property
    def name(self) -> str:
        """What a page sends when it is ticked."""
        code = str(self.question["code"])
        return code if self.value is None else f"{code}={self.value}"


def boxes(earlier: Sequence[Described]) -> list[AnswerBox]:
    """Every answer to the questions before this one that it may wait for."""
    return [box for question in earlier for box in _boxes_of(question)]


def _boxes_of(question: Described) -> list[AnswerBox]:
    traits = TRAITS[QuestionType(question["type"])]
    if not traits.is_plain:
        return []
    if traits.fixed_values:
        return [AnswerBox(question, value) for value in traits.fixed_values]
    values = [option.get("value") for option in question.get("options", ())]
    return [AnswerBox(question, value) for value in values if value is not None] or [
        AnswerBox(question)
    ]


def condition_of(ticked: Iterable[str], earlier: Sequence[Described]) -> Condition | None:
    """What the ticked boxes say; None where none is ticked."""
    names = set(ticked)
    by_question: dict[str, list[AnswerBox]] = {}
    for box in boxes(earlier):
        if box.name in names:
            by_question.setdefault(box.question["code"], []).append(box)
    said = [part for chosen in by_question.values() for part in _said(chosen)]
    return {"op": "any", "of": said} if len(said) > 1 else next(iter(said), None)


def _said(chosen: Sequence[AnswerBox]) -> list[dict[str, Any]]:
    code, values = chosen[0].question["code"], [box.value for box in chosen]
    if values == [None]:
        return [{"op": "answered", "q": code}]
    if TRAITS[QuestionType(chosen[0].question["type"])].takes_several:
        return [{"op": "contains", "q": code, "v": value} for value in values]
    return [{"op": "in", "q": code, "v": values}]


def ticked_by(condition: Condition | None) -> list[str] | None:
    """The boxes that say the same as the condition; None where boxes cannot say it."""
    if condition is None:
        return []
    parts = condition["of"] if condition["op"] == "any" else [condition]
    named = [_names_in(part) for part in parts]
    if any(names is None for names in named):
        return None
    return [name for names in named for name in names or ()]


def _names_in(part: Condition) -> list[str] | None:
    if part["op"] == "answered":
        return [part["q"]]
    if part["op"] == "in":
        return [f"{part['q']}={value}" for value in part["v"]]
    return [f"{part['q']}={part['v']}"] if part["op"] in ("eq", "contains") else None


def misplaced(draft: QuestionnaireDraft) -> list[str]:
    """The codes of questions whose condition waits for what cannot be answered before them."""
    return [
        question["code"]
        for place, question in enumerate(draft.questions)
        if _waits_in_vain(question.get("ask_if"), draft.questions[:place])
    ]


def _waits_in_vain(condition: Condition | None, earlier: Sequence[Described]) -> bool:
    if condition is None:
        return False
    ticked = ticked_by(condition)
    if ticked is not None:
        return not set(ticked) <= {box.name for box in _all_boxes(earlier)}
    rows = {row["code"] for question in earlier for row in question.get("rows", ())}
    return not questions_in(condition) <= {one["code"] for one in earlier} | rows


def _all_boxes(earlier: Sequence[Described]) -> list[AnswerBox]:
    """Those that are offered, and any answer at all to each question."""
    return [*boxes(earlier), *(AnswerBox(question) for question in earlier)]
