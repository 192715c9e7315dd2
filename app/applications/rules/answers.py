"""What the answers of a role's form say: the needs, what changed, the draft."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields

from app.applications.rules.states import CONTACT, LONGEST_DRAFT_VALUE
from app.core.folding import fold

# A number that a form may ask about stands twice: what was sent in has had its answer.
ASKED_ABOUT = frozenset({"contact_phone"})


@dataclass(frozen=True, slots=True)
class Needs:
    """What the place must have: amperes, phases, water, gas, and metres of front in cm."""

    power_amp: int | None = None
    phases: int = 1
    water: bool = False
    gas: bool = False
    frontage_cm: int | None = None


def needs_from(answers: Mapping[str, object]) -> Needs:
    """The typed needs among the answers of a role's form; a missing one keeps its default."""
    known = {need.name: answers.get(need.name) for need in fields(Needs)}
    return Needs(
        power_amp=_number(known["power_amp"]),
        phases=_number(known["phases"]) or 1,
        water=known["water"] in (True, "yes"),
        gas=known["gas"] in (True, "yes"),
        frontage_cm=_number(known["frontage_cm"]),
    )


def kept_values(
    draft: Mapping[str, list[str]], typed: Mapping[str, list[str]]
) -> dict[str, list[str]]:
    """The draft with what was typed last in each field, cut to what a row may hold."""
    short = {name: [one[:LONGEST_DRAFT_VALUE] for one in some] for name, some in typed.items()}
    return {**draft, **short}


def written_again(details: Mapping[str, object]) -> dict[str, list[str]]:
    """Checked answers as the raw values of a form, so that they can be edited anew."""
    raw: dict[str, list[str]] = {}
    for name, value in details.items():
        if isinstance(value, list):
            raw[name] = [str(one) for one in value]
        elif isinstance(value, bool):
            raw[name] = ["yes"] if value else []
        elif value is not None:
            raw[name] = [str(value)] * (2 if name in ASKED_ABOUT else 1)
    return raw


def differs(details: Mapping[str, object], draft: Mapping[str, list[str]]) -> bool:
    """Whether what is being written says anything else than what was sent in."""
    sent = written_again(details)
    return any(_said(given) != _said(sent.get(name, [])) for name, given in draft.items())


def _said(given: list[str]) -> list[str]:
    # A ticked box sends "y" and is read back as "yes"; a browser ends lines its own way.
    lines = dict.fromkeys(" ".join(one.split()) for one in given)
    return ["yes" if line == "y" else line for line in lines if line]


def _number(value: object) -> int | None:
    return int(str(value)) if value not in (None, "") else None


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The names of the answers that differ, in the order of the new ones."""
    names = [*after, *(name for name in before if name not in after)]
    return [name for name in names if before.get(name) != after.get(name)]


def without_contact(answers: Mapping[str, object], folded_name: str) -> dict[str, object] | None:
    """The answers without the contact on the day, if that is the person; None if it is not."""
    named = answers.get("contact_name")
    name = named[0] if isinstance(named, list) and named else named
    if not isinstance(name, str) or fold(name) != folded_name:
        return None
    return {key: value for key, value in answers.items() if key not in CONTACT}
