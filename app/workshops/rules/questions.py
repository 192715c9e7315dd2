"""A workshop's own extra questions as a questionnaire of one page."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from app.core.languages import DEFAULT, LANGUAGES
from app.questions.rules.answers import Answer
from app.questions.rules.flow import AnswerPlace

MOST_QUESTIONS: Final = 8
MOST_CHOICES: Final = 12
# What would begin a placeholder; staff write plain words here.
_PLAIN: Final = str.maketrans("{}", "()")


class AskedAs(StrEnum):
    """How an extra question is answered."""

    SHORT = "short_text"
    LONG = "long_text"
    CHOICE = "choice"
    SEVERAL = "several"


CHOOSING: Final = (AskedAs.CHOICE, AskedAs.SEVERAL)


@dataclass(frozen=True)
class OwnQuestion:
    """One question as the team writes it; choices are "dansk | English | …", one a line."""

    asked_as: AskedAs
    text: Mapping[str, str]
    choices: str = ""
    required: bool = False


@dataclass(frozen=True)
class GivenAnswers:
    """What somebody answered to a workshop's own questions, in the version they were shown."""

    version_id: int
    answers: Mapping[AnswerPlace, Answer]


def key_of(event_id: int) -> str:
    """The key of the workshop's questionnaire through all its versions."""
    return f"workshop_{event_id}"


def described(code: str, own: OwnQuestion) -> dict[str, Any]:
    """The question as it stands in the questionnaire."""
    question: dict[str, Any] = {
        "code": code,
        "type": str(own.asked_as),
        "text": _texts(own.text),
        "required": own.required,
    }
    if own.asked_as in CHOOSING:
        question["options"] = [
            {"value": f"c{number}", "label": label}
            for number, label in enumerate(read_choices(own.choices), start=1)
        ]
    return question


def read_choices(lines: str) -> list[dict[str, str]]:
    """The choices of as many lines, each with the languages it is written in."""
    split = ([part.strip() for part in line.split("|")] for line in lines.splitlines())
    labelled = (dict(zip(LANGUAGES, parts, strict=False)) for parts in split if any(parts))
    return [_texts(label) for label in labelled]


def document(event_id: int, version: int, questions: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """The questionnaire in its next version; nobody sees its title."""
    words = {DEFAULT: key_of(event_id)}
    return {
        "key": key_of(event_id),
        "version": version,
        "languages": list(LANGUAGES),
        "title": words,
        "intro": words,
        "thanks": words,
        "pages": [{"questions": list(questions)}],
    }


def next_code(taken: Iterable[str]) -> str:
    """A code that no question of any version has had: an old answer means the old question."""
    numbers = [int(code.removeprefix("q")) for code in taken]
    return f"q{max(numbers, default=0) + 1}"


def _texts(texts: Mapping[str, str]) -> dict[str, str]:
    return {language: text.translate(_PLAIN) for language, text in texts.items() if text}
