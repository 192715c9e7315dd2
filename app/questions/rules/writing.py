"""From what staff fill in about a question to the question as the document has it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.installation.rules import NAMED
from app.questions.rules.drafts import NEAR, Described, relabelled
from app.questions.rules.showing import condition_of, ticked_by
from app.questions.rules.types import TRAITS, QuestionType

MOST_CHOICES: Final = 30
LONGEST_TEXT: Final = 500
LONGEST_HINT: Final = 1000
LONGEST_CHOICE: Final = 200
# What staff may choose; a matrix and a group come from a file.
OFFERED: Final = (
    QuestionType.SHORT_TEXT,
    QuestionType.LONG_TEXT,
    QuestionType.CHOICE,
    QuestionType.SEVERAL,
    QuestionType.SCALE,
    QuestionType.NUMBER,
    QuestionType.DATE,
    QuestionType.CONSENT,
)
BRACED: Final = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class WrittenQuestion:
    """What a page took of one question."""

    kind: QuestionType
    text: Mapping[str, str]
    hint: Mapping[str, str]
    choices: Sequence[str]
    required: bool
    # The boxes of `showing` that are ticked.
    shown_if: Sequence[str]
    near: bool = False


def described(
    written: WrittenQuestion,
    code: str,
    old: Described | None,
    earlier: Sequence[Described],
    values: Iterable[str],
) -> Described:
    """The question as it stands in the draft; what the page does not show stays as it was.

    `values` are those that a choice of it has had in any version: a new one has another.
    """
    old = old or {}
    question: dict[str, Any] = {name: part for name, part in old.items() if name not in _SHOWN}
    question |= {
        "code": code,
        "type": str(written.kind),
        "text": _plain(written.text, old),
        "required": written.required,
    }
    if hint := _plain(written.hint, old):
        question["hint"] = hint
    if written.near:
        question[NEAR] = True
    if TRAITS[written.kind].has_options:
        counts = TRAITS[written.kind].counts
        question["options"] = relabelled(
            written.choices, _options(old, counts), values, counts=counts
        )
    if condition := _condition(written, old, earlier):
        question["ask_if"] = condition
    return question


_SHOWN: Final = frozenset({"hint", "options", "ask_if", NEAR})


def choices_in(lines: str) -> list[str]:
    """The choices of a text with one a line, each once."""
    return list(dict.fromkeys(line for line in map(str.strip, lines.splitlines()) if line))


def steps_differ(written: WrittenQuestion, old: Described) -> bool:
    """Whether a scale would have other steps: what was answered on it would mean something else."""
    is_scale = TRAITS[written.kind].counts
    return is_scale and len(written.choices) != len(old.get("options", ()))


def _options(old: Described, counts: bool) -> Sequence[Described]:
    """The choices that it had, where their values are of the kind that it has now."""
    had: Sequence[Described] = old.get("options", ())
    was_scale = bool(old) and TRAITS[QuestionType(old["type"])].counts
    return had if was_scale == counts else ()


def _condition(
    written: WrittenQuestion, old: Described, earlier: Sequence[Described]
) -> Mapping[str, Any] | None:
    standing: Mapping[str, Any] | None = old.get("ask_if")
    untouched = standing is not None and ticked_by(standing) is None and not written.shown_if
    same = standing is not None and set(ticked_by(standing) or ()) == set(written.shown_if)
    return standing if untouched or same else condition_of(written.shown_if, earlier)


def _plain(texts: Mapping[str, str], old: Described) -> dict[str, str]:
    """The texts with round brackets where braces would begin a placeholder that nothing fills."""
    known = {*NAMED, *old.get("pipes", {})}

    def kept(match: re.Match[str]) -> str:
        return match[0] if match[1] in known else f"({match[1]})"

    return {language: BRACED.sub(kept, text) for language, text in texts.items() if text}
