"""What each thing is called among a person's own data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.advisory.rules import TaskKind
from app.applications.wording import ROLES
from app.applications.wording import STATES as APPLICATION_STATES
from app.core.languages import OWN_NAMES
from app.core.texts import Lazy, _, _l
from app.organisations.rules import ClaimState
from app.surveys.wording import DISPOSITION_NAMES
from app.workshops.wording import STATE_NAMES as ENROLMENT_STATES

# The file keeps the short names, for machines; the page says these.
WORDS: Mapping[str, Lazy] = {
    "person": _l("You"),
    "name": _l("Name"),
    "mailbox": _l("Mail address"),
    "language": _l("Language"),
    "first_met": _l("First time with us"),
    "sign_ins": _l("Signed in"),
    "organisations": _l("Associations, restaurants and groups"),
    "represents": _l("You act for"),
    "organisation": _l("Association, restaurant or group"),
    "since": _l("Since"),
    "until": _l("Until"),
    "claims": _l("You have asked to act for"),
    "applications": _l("Applications"),
    "event": _l("Event"),
    "role": _l("Applied for"),
    "state": _l("State"),
    "answers": _l("Your answers"),
    "draft": _l("Not sent in yet"),
    "own_questions": _l("What else the team asked"),
    "messages": _l("Questions and answers"),
    "message": _l("Message"),
    "body": _l("Message"),
    "contact_name": _l("Who can be called on the day"),
    "contact_phone": _l("Phone on the day"),
    "enrolments": _l("Enrolments"),
    "seats": _l("Places"),
    "interpreter": _l("Interpreter"),
    "access": _l("Access"),
    "food": _l("Food"),
    "joined_at": _l("Enrolled"),
    "cancelled_at": _l("Cancelled on"),
    "goals": _l("Your goals"),
    "goals_may_be_shown": _l("We may show you your goals again"),
    "ticket": _l("Ticket"),
    "arrivals": _l("You came"),
    "at": _l("When"),
    "came": _l("When"),
    "gate": _l("Entrance"),
    "walk_ins": _l("Came without a ticket"),
    "waiting": _l("Not on a list yet"),
    "advice": _l("Advice"),
    "kind": _l("Kind"),
    "asked_by": _l("Asked by"),
    "subject": _l("About"),
    "logged": _l("Received"),
    "closed": _l("Closed on"),
    "surveys": _l("Questionnaires"),
    "survey": _l("Questionnaire"),
    "disposition": _l("State"),
    "sent_at": _l("Sent"),
    "letters": _l("Letters to you"),
}


# What the file says by a code, by part and name.
CODES: Mapping[tuple[str, str], Mapping[Any, Lazy | str]] = {
    ("person", "language"): OWN_NAMES,
    ("organisations", "state"): {
        ClaimState.OPEN: _l("Not answered yet"),
        ClaimState.APPROVED: _l("Said yes"),
        ClaimState.REFUSED: _l("Said no"),
    },
    ("applications", "role"): ROLES,
    ("applications", "state"): APPLICATION_STATES,
    ("enrolments", "state"): ENROLMENT_STATES,
    ("enrolments", "language"): OWN_NAMES,
    ("advice", "kind"): {
        TaskKind.ADVICE: _l("Advice"),
        TaskKind.REQUISITION: _l("Request for help"),
    },
    ("surveys", "disposition"): DISPOSITION_NAMES,
}
# What was asked and answered is in the words of its form already.
ANSWERS = ("answers", "draft", "own_questions")


def word(key: str) -> Lazy | str:
    """What a thing is called; one without a name of its own goes by its short one."""
    if key in WORDS or not key.isidentifier():
        return WORDS.get(key, key)
    return key.replace("_", " ").capitalize()


def events_in(thing: object) -> set[str | int]:
    """Which events something tells of, by address or number."""
    if isinstance(thing, Mapping):
        own = {thing["event"]} if isinstance(thing.get("event"), str | int) else set()
        return own.union(*map(events_in, thing.values()))
    return set().union(*map(events_in, thing)) if isinstance(thing, list) else set()


def in_words(person: Mapping[str, object], titles: Mapping[str | int, str]) -> dict[str, object]:
    """A person's parts that hold something, every code as people say it.

    A part that is one list under its own name is told as that list.
    """
    told = {part: _said(part, part, thing, titles) for part, thing in person.items()}
    return {part: _only(part, thing) for part, thing in told.items() if holds(thing)}


def holds(told: object) -> bool:
    """Whether anything is told."""
    if isinstance(told, Mapping):
        return any(map(holds, told.values()))
    return bool(told)


def _said(part: str, name: str, value: object, titles: Mapping[str | int, str]) -> object:
    if name in ANSWERS:
        return value
    if isinstance(value, Mapping):
        return {key: _said(part, key, inner, titles) for key, inner in value.items()}
    if isinstance(value, list):
        return [_said(part, name, inner, titles) for inner in value]
    if name == "event" and isinstance(value, str | int):
        return titles.get(value, value)
    words = CODES.get((part, name))
    return str(words.get(value, value)) if words and isinstance(value, str) else value


def _only(part: str, thing: object) -> object:
    if not isinstance(thing, Mapping):
        return thing
    full = {name: value for name, value in thing.items() if holds(value)}
    return next(iter(full.values())) if len(full) == 1 and set(full) <= {part, "waiting"} else full


# What is erased of each part that knew something of the person.
GONE: Mapping[str, Lazy] = {
    "person": _l("Your name, your mail address, where you were signed in, and our letters to you."),
    "organisations": _l("That you act for an association, a restaurant or a group."),
    "applications": _l("Your name and phone as a contact, and the messages you wrote."),
    "enrolments": _l("Your places, your goals, your wishes and the answers you gave us."),
    "arrivals": _l("That it was you who came."),
    "walk_ins": _l("What was written down when you came without a ticket."),
    "advice": _l("That it was you who asked for advice."),
    "surveys": _l("Your links to questionnaires and everything you wrote in your own words."),
}


def gone(parts: Sequence[str]) -> list[str]:
    """What is erased, a sentence for each part that held something."""
    return [str(words) for part, words in GONE.items() if part in parts]


def staying() -> list[str]:
    """What stays of somebody erased, and why."""
    return [
        _("That somebody came, without a name: the year's report counts how many came."),
        _("The answers you ticked, without a name: figures already printed must still add up."),
        _(
            "What you wrote for an association, a restaurant or a group about itself: it belongs "
            "to them, and their other contacts go on with it."
        ),
        _(
            "A code made of your address and today's date, from which nobody can read the address: "
            "if we put back an older copy of our data, you are erased from it again."
        ),
    ]
