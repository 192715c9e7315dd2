"""Someone without a ticket, as typed at the door."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.people.rules import readable_email
from app.workshops.rules.places import MOST_SEATS

LONGEST_NAME: Final = 200


class NoNewcomer(ValueError):
    """What was typed is nobody; says which part is wrong."""


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A name, and perhaps an address for the ticket."""

    name: str
    mail: str = ""
    seats: int = 1


def read_newcomer(raw: Mapping[str, object], *, strict: bool) -> Newcomer:
    """Who was typed; raises NoNewcomer. Unless `strict` an unreadable address is left out: the
    person is inside already, and nobody can be asked again."""
    name, seats, mail = raw.get("name"), raw.get("seats", 1), raw.get("mail") or ""
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise NoNewcomer("name")
    if not name.isprintable():
        raise NoNewcomer("name")
    if isinstance(seats, bool) or not isinstance(seats, int) or not 1 <= seats <= MOST_SEATS:
        raise NoNewcomer("seats")
    readable = readable_email(mail) if isinstance(mail, str) else None
    if mail and readable is None and strict:
        raise NoNewcomer("mail")
    return Newcomer(name.strip(), readable or "", seats)


def typed(newcomer: Newcomer) -> str:
    """The same as text, always alike."""
    told = {"mail": newcomer.mail, "name": newcomer.name, "seats": newcomer.seats}
    return json.dumps(told, ensure_ascii=False)


def read_typed(text: str) -> dict[str, object]:
    """The fields behind what a phone sealed; raises NoNewcomer."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoNewcomer("sealed") from error
    if not isinstance(raw, dict):
        raise NoNewcomer("sealed")
    return raw
