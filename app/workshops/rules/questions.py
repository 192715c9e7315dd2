"""A workshop's own extra questions: their key, and what somebody answered to them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.questions.rules.answers import Answer
from app.questions.rules.flow import AnswerPlace

KEY: Final = re.compile(r"workshop_([1-9][0-9]{0,14})")


@dataclass(frozen=True)
class GivenAnswers:
    """What somebody answered to a workshop's own questions, in the version they were shown."""

    version_id: int
    answers: Mapping[AnswerPlace, Answer]


def key_of(event_id: int) -> str:
    """The key of the workshop's questionnaire through all its versions."""
    return f"workshop_{event_id}"


def whose(key: str) -> int | None:
    """The event of a key; None for a key of something else."""
    match = KEY.fullmatch(key)
    return int(match[1]) if match else None
