"""Several named people enrolled at once: one a line, and what is wrong with a line."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

MOST_COLLEAGUES: Final = 40
LONGEST_NAME: Final = 200
# What may stand between a name and an address: as people write, and as a table is pasted.
_APART: Final = re.compile(r"[\t;,<]|\s(?=\S+@\S+$)")
_AROUND: Final = " \t,;<>\"'"


class Fault(StrEnum):
    """What is wrong with a line."""

    NO_MAIL = "no_mail"
    NO_NAME = "no_name"
    NAME_TOO_LONG = "name_too_long"
    TWICE = "twice"


@dataclass(frozen=True)
class Colleague:
    """One person of a list, and the line they stand on."""

    line: int
    name: str
    mail: str


@dataclass(frozen=True)
class ColleagueList:
    """What was read of a list: whom, and which lines say nothing that can be used."""

    colleagues: tuple[Colleague, ...]
    faults: Mapping[int, Fault]


def read_colleagues(
    text: str, email: Callable[[str], str | None], same: Callable[[str], str]
) -> ColleagueList:
    """Reads "name, mail" line by line; empty lines are passed over.

    `email` gives an address as it is written, or None; `same` folds what counts as equal.
    """
    colleagues: list[Colleague] = []
    faults: dict[int, Fault] = {}
    seen: set[tuple[str, str]] = set()
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        read = _read(number, line, email)
        if isinstance(read, Fault):
            faults[number] = read
            continue
        who = (same(read.name), same(read.mail))
        if who in seen:
            faults[number] = Fault.TWICE
        seen.add(who)
        colleagues.append(read)
    return ColleagueList(tuple(colleagues), faults)


def too_many(colleagues: Sequence[Colleague]) -> bool:
    """Whether the list is longer than one page of tickets can be answered for."""
    return len(colleagues) > MOST_COLLEAGUES


def _read(number: int, line: str, email: Callable[[str], str | None]) -> Colleague | Fault:
    """The address may come first or last; the rest is the name."""
    parts = [part.strip(_AROUND) for part in _APART.split(line.strip())]
    mails = [mail for mail in (email(part) for part in parts if "@" in part) if mail]
    if len(mails) != 1:
        return Fault.NO_MAIL
    name = " ".join(" ".join(part for part in parts if "@" not in part).split())
    if not name:
        return Fault.NO_NAME
    return Colleague(number, name, mails[0]) if len(name) <= LONGEST_NAME else Fault.NAME_TOO_LONG
