"""A questionnaire being written: its questions in one line, moved, changed and taken away."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from typing import Any, Final, TypeAlias

from app.core.languages import DEFAULT, LANGUAGES
from app.questions.rules.soundness import with_scales

MOST_QUESTIONS: Final = 60
# Of a question in a draft: it stands on the page of the one before it.
NEAR: Final = "near"

# One question as the document has it.
Described: TypeAlias = Mapping[str, Any]


@dataclass(frozen=True)
class QuestionnaireDraft:
    """What staff have written so far; `head` is all that stands around the questions."""

    head: Described
    questions: tuple[Described, ...] = ()

    @property
    def codes(self) -> list[str]:
        """The codes of its questions, in their order."""
        return [question["code"] for question in self.questions]

    def question(self, code: str) -> Described | None:
        """The question of that code; None where it is not in the draft."""
        return next((one for one in self.questions if one["code"] == code), None)

    def before(self, code: str | None) -> tuple[Described, ...]:
        """Those that stand before that one; all of them before a new one."""
        place = self.codes.index(code) if code in self.codes else len(self.questions)
        return self.questions[:place]


def begun(key: str, head: Described) -> QuestionnaireDraft:
    """An empty draft; whoever has no words around the questions has the key there, unseen."""
    words = {DEFAULT: key}
    plain = {"languages": list(LANGUAGES), "title": words, "intro": words, "thanks": words}
    return QuestionnaireDraft({"key": key, **plain, **head})


def opened(content: Described) -> QuestionnaireDraft:
    """A published version as the draft of the next one."""
    spread = with_scales(content)
    questions: list[Described] = []
    for page in spread["pages"]:
        for place, question in enumerate(page["questions"]):
            questions.append({**question, NEAR: True} if place else dict(question))
    around = {name: part for name, part in content.items() if name not in _MADE_ANEW}
    return QuestionnaireDraft(around, tuple(questions))


_MADE_ANEW: Final = frozenset({"pages", "version", "scales"})


def document(draft: QuestionnaireDraft, version: int) -> Described:
    """The draft as a version to publish."""
    pages: list[dict[str, list[Described]]] = []
    for question in draft.questions:
        plain = {name: part for name, part in question.items() if name != NEAR}
        if pages and question.get(NEAR):
            pages[-1]["questions"].append(plain)
        else:
            pages.append({"questions": [plain]})
    return {**draft.head, "version": version, "pages": pages}


def says_the_same(draft: QuestionnaireDraft, content: Described | None) -> bool:
    """Whether publishing the draft would change nothing of what is asked."""
    if content is None:
        return not draft.questions
    asked = document(opened(content), 1)
    return document(draft, 1) == asked


def with_question(draft: QuestionnaireDraft, question: Described) -> QuestionnaireDraft:
    """The draft with this question in the place of the one of its code, else at the end."""
    code = question["code"]
    if code in draft.codes:
        changed = (question if one["code"] == code else one for one in draft.questions)
        return replace(draft, questions=tuple(changed))
    return replace(draft, questions=(*draft.questions, question))


def without(draft: QuestionnaireDraft, code: str) -> QuestionnaireDraft:
    """The draft without that question."""
    left = (one for one in draft.questions if one["code"] != code)
    return replace(draft, questions=tuple(left))


def moved_to(draft: QuestionnaireDraft, code: str, place: int) -> QuestionnaireDraft:
    """The question at that place, from 0; a place beyond the ends is the end."""
    question = draft.question(code)
    if question is None:
        return draft
    others = [one for one in draft.questions if one["code"] != code]
    at = min(max(place, 0), len(others))
    return replace(draft, questions=(*others[:at], question, *others[at:]))


def moved_by(draft: QuestionnaireDraft, code: str, steps: int) -> QuestionnaireDraft:
    """The question so many places further down; up with a number below zero."""
    if code not in draft.codes:
        return draft
    return moved_to(draft, code, draft.codes.index(code) + steps)


def next_code(taken: Iterable[str]) -> str:
    """A code that no question of any version has had: an old answer means the old question."""
    numbers = [int(code[1:]) for code in taken if code[:1] == "q" and code[1:].isdecimal()]
    return f"q{max(numbers, default=0) + 1}"


def relabelled(
    lines: Sequence[str], options: Sequence[Described], taken: Iterable[str], *, counts: bool
) -> list[Described]:
    """The choices of as many lines. One that reads as before keeps its value, and so does one that
    stands where another was and is gone: it is that one in other words.

    A new one has a value that none has had (`taken`); with more or fewer lines a scale counts down
    to 0 anew.
    """
    same = _same_choices(lines, options)
    fresh = _fresh_values(taken)
    made: list[dict[str, Any]] = []
    for number, line in enumerate(lines):
        old = same.get(number) or {"value": next(fresh), "label": {}}
        made.append({**old, "label": {**old["label"], DEFAULT: line}})
    if counts and not len(same) == len(lines) == len(options):
        steps = [choice for choice in made if choice.get("state") is None]
        for value, choice in enumerate(reversed(steps)):
            choice["value"] = value
    return list(made)


def _same_choices(lines: Sequence[str], options: Sequence[Described]) -> dict[int, Described]:
    same: dict[int, Described] = {}
    left = dict(enumerate(options))
    for number, line in enumerate(lines):
        as_before = (at for at, old in left.items() if old["label"].get(DEFAULT) == line)
        at = next(as_before, None)
        if at is not None:
            same[number] = left.pop(at)
    for number in range(len(lines)):
        if number not in same and number in left:
            same[number] = left.pop(number)
    return same


def _fresh_values(taken: Iterable[str]) -> Iterator[str]:
    numbers = [int(code[1:]) for code in taken if code[:1] == "c" and code[1:].isdecimal()]
    return (f"c{number}" for number in count(max(numbers, default=0) + 1))
