"""Someone without a ticket, as typed at the door."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from app.people.rules import readable_email
from app.workshops.rules.places import MOST_SEATS

LONGEST_NAME: Final = 200


class NoPerson(ValueError):
    """What was typed is nobody; says which part is wrong."""


@dataclass(frozen=True, slots=True)
class WalkInPerson:
    """A name, and perhaps an address for the ticket."""

    name: str
    mail: str = ""
    seats: int = 1


def read_walk_in_person(raw: Mapping[str, object], *, strict: bool) -> WalkInPerson:
    """Who was typed; raises NoPerson. Unless `strict` an unreadable address is left out: the
    person is inside already, and nobody can be asked again."""
    name, seats, mail = raw.get("name"), raw.get("seats", 1), raw.get("mail") or ""
    if not isinstance(name, str) or not name.strip() or len(name) > LONGEST_NAME:
        raise NoPerson("name")
    if not name.isprintable():
        raise NoPerson("name")
    if isinstance(seats, bool) or not isinstance(seats, int) or not 1 <= seats <= MOST_SEATS:
        raise NoPerson("seats")
    readable = readable_email(mail) if isinstance(mail, str) else None
    if mail and readable is None and strict:
        raise NoPerson("mail")
    return WalkInPerson(name.strip(), readable or "", seats)


def typed(walk_in_person: WalkInPerson) -> str:
    """The same as text, always alike."""
    fields = {
        "mail": walk_in_person.mail,
        "name": walk_in_person.name,
        "seats": walk_in_person.seats,
    }
    return json.dumps(fields, ensure_ascii=False)


def read_typed(text: str) -> dict[str, object]:
    """The fields behind what a phone sealed; raises NoPerson."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise NoPerson("sealed") from error
    if not isinstance(raw, dict):
        raise NoPerson("sealed")
    return raw
