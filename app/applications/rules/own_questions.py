"""An event's own questions to those who apply for a role, among the answers of its form."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from app.applications.rules.states import Role
from app.core.folding import fold

# What the fields of own questions are called; no field of a role's own form is.
OWN = re.compile(r"q[1-9][0-9]*")
KEY = re.compile(r"apply_([1-9][0-9]{0,14})_([a-z_]+)")


def key_of(event_id: int, role: str) -> str:
    """The key of the questionnaire through all its versions."""
    return f"apply_{event_id}_{role}"


def whose(key: str) -> tuple[int, Role] | None:
    """The event and the role of a key; None for a key of something else."""
    match = KEY.fullmatch(key)
    if match is None or match[2] not in set(Role):
        return None
    return int(match[1]), Role(match[2])


def own_answers(answers: Mapping[str, object] | None) -> dict[str, object]:
    """The answers to own questions that say something."""
    given = answers or {}
    return {name: value for name, value in given.items() if OWN.fullmatch(name) and _says(value)}


def with_ended(details: Mapping[str, object], before: Mapping[str, object]) -> dict[str, object]:
    """What is sent in, with the answers to questions that are asked no more."""
    ended = {name: value for name, value in own_answers(before).items() if name not in details}
    return {**ended, **details}


def counted(answers: Iterable[Mapping[str, object]]) -> dict[str, int]:
    """How many of these answered each own question."""
    numbers: dict[str, int] = {}
    for given in answers:
        for name in own_answers(given):
            numbers[name] = numbers.get(name, 0) + 1
    return numbers


def without_name(answers: Mapping[str, object], folded_name: str) -> dict[str, object] | None:
    """The answers without those in own words that name the person; None if there are none."""
    naming = {
        name
        for name, value in own_answers(answers).items()
        if any(folded_name in fold(text) for text in _texts(value))
    }
    if not folded_name or not naming:
        return None
    return {name: value for name, value in answers.items() if name not in naming}


def _says(value: object) -> bool:
    return any(text.strip() for text in _texts(value))


def _texts(value: object) -> list[str]:
    parts = value if isinstance(value, list) else [value]
    return [str(part) for part in parts if part is not None]
