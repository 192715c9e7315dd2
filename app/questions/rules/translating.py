"""The texts of a questionnaire one by one: what a language lacks, and what is put there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from app.core.languages import DEFAULT
from app.questions.rules.drafts import Described, QuestionnaireDraft

HEAD = ("title", "intro", "thanks")


@dataclass(frozen=True)
class TextPart:
    """One text in all languages it has; `name` is where it stands, for a field of a page."""

    name: str
    texts: Mapping[str, str]


def texts_of(draft: QuestionnaireDraft) -> list[TextPart]:
    """Every text that respondents read, in the order in which they read it."""
    key = draft.head["key"]
    around = [(name, draft.head[name]) for name in HEAD if draft.head[name] != {DEFAULT: key}]
    questions = [part for question in draft.questions for part in _texts_in(question)]
    return [TextPart(name, texts) for name, texts in (*around, *questions)]


def lacking(draft: QuestionnaireDraft, languages: Iterable[str]) -> dict[str, int]:
    """How many texts each language lacks; a language that has all is left out."""
    parts = texts_of(draft)
    missing = {code: sum(code not in part.texts for part in parts) for code in languages}
    return {code: number for code, number in missing.items() if number}


def lacks(question: Described, languages: Iterable[str]) -> list[str]:
    """The languages in which something of the question is missing."""
    texts = [texts for _name, texts in _texts_in(question)]
    return [code for code in languages if any(code not in text for text in texts)]


def translated(
    draft: QuestionnaireDraft, language: str, written: Mapping[str, str]
) -> QuestionnaireDraft:
    """The draft with what was written in one language; nothing written takes a text away."""
    head: dict[str, Any] = deepcopy(dict(draft.head))
    questions = [deepcopy(dict(question)) for question in draft.questions]
    places = {name: head[name] for name in HEAD}
    for question in questions:
        places |= dict(_texts_in(question))
    head["languages"] = list(dict.fromkeys([*head["languages"], language]))
    for name, text in written.items():
        if name not in places:
            continue
        if text:
            places[name][language] = text
        else:
            places[name].pop(language, None)
    return QuestionnaireDraft(head, tuple(questions))


def _texts_in(question: Described) -> Iterator[tuple[str, Any]]:
    code = question["code"]
    yield f"{code}-text", question["text"]
    if question.get("hint"):
        yield f"{code}-hint", question["hint"]
    for option in question.get("options", ()):
        yield f"{code}-option-{option.get('state') or option['value']}", option["label"]
    for row in question.get("rows", ()):
        yield f"{code}-row-{row['code']}", row["text"]
    for name, pipe in question.get("pipes", {}).items():
        yield f"{code}-pipe-{name}", pipe["fallback"]
    for item in question.get("items", ()):
        yield from _texts_in(item)
