"""How an application moves: its states, the verbs between them, its place in the line."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum

from app.core.refusals import Refusal
from app.core.texts import _l


class Role(StrEnum):
    """What the organisation asks to be at the event."""

    ASSOCIATION_STALL = "association_stall"
    FOOD_STALL = "food_stall"
    ACT = "act"


class State(StrEnum):
    """Where the application stands."""

    DRAFT = "draft"
    SUBMITTED = "submitted"
    ASKED = "asked"
    ACCEPTED = "accepted"
    CONFIRMED = "confirmed"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"


class Verb(StrEnum):
    """What can be done to an application."""

    ASK = "ask"
    ANSWER = "answer"
    ACCEPT = "accept"
    WAITLIST = "waitlist"
    DECLINE = "decline"
    CONFIRM = "confirm"
    WITHDRAW = "withdraw"
    CANCEL = "cancel"
    LAPSE = "lapse"


class Reason(StrEnum):
    """Why an application waits or ended, where nobody wrote a sentence about it."""

    LATE = "late"
    FULL = "full"
    UNCONFIRMED = "unconfirmed"
    PASSED_ON = "passed_on"


ROLES = {
    Role.ASSOCIATION_STALL: _l("Stall for an association"),
    Role.FOOD_STALL: _l("Food stall"),
    Role.ACT: _l("Act on a stage"),
}
STATES = {
    State.DRAFT: _l("Draft"),
    State.SUBMITTED: _l("Sent in"),
    State.ASKED: _l("We have a question"),
    State.ACCEPTED: _l("Accepted"),
    State.CONFIRMED: _l("Confirmed"),
    State.WAITLISTED: _l("On the waiting list"),
    State.DECLINED: _l("Declined"),
    State.WITHDRAWN: _l("Withdrawn"),
    State.CANCELLED: _l("Cancelled"),
}
REASONS = {
    Reason.LATE: _l("The application came after the deadline."),
    Reason.FULL: _l("There are more who want to join than there is room for."),
    Reason.UNCONFIRMED: _l("The place was not confirmed in time and has gone on to the next."),
    Reason.PASSED_ON: _l("A place has become free for you."),
}
TRAIL_WORDS = {
    "begun": _l("began"),
    "submitted": _l("sent in"),
    "changed": _l("changed answers"),
    "placed": _l("given a place"),
    "scored": _l("scored"),
    "asked": _l("asked"),
    "answered": _l("answered"),
    "prepared": _l("prepared a decision"),
    "released": _l("released the decision"),
    "recalled": _l("took the decision back"),
    "looked_at": _l("looked at the changes"),
    "passed_on": _l("got a place that became free"),
    "confirmed": _l("confirmed"),
    "withdrawn": _l("withdrew"),
    "cancelled": _l("cancelled"),
    "lapsed": _l("did not confirm in time"),
}
ENDED = frozenset({State.DECLINED, State.WITHDRAWN, State.CANCELLED})
LIVE = frozenset(State) - ENDED
HAS_PLACE = frozenset({State.ACCEPTED, State.CONFIRMED})
UNDECIDED = frozenset({State.SUBMITTED, State.ASKED, State.WAITLISTED})
SENT_IN = UNDECIDED | HAS_PLACE
STALL_ROLES = frozenset({Role.ASSOCIATION_STALL, Role.FOOD_STALL})
DECISIONS = {
    State.ACCEPTED: Verb.ACCEPT,
    State.WAITLISTED: Verb.WAITLIST,
    State.DECLINED: Verb.DECLINE,
}
KINDS_FOR = {
    Role.ASSOCIATION_STALL: frozenset({"association", "institution", "partner", "public_body"}),
    Role.FOOD_STALL: frozenset({"restaurant", "association"}),
    Role.ACT: frozenset({"artist_group", "association"}),
}
ROLE_OF_KIND = {
    "association": Role.ASSOCIATION_STALL,
    "restaurant": Role.FOOD_STALL,
    "artist_group": Role.ACT,
}
WITH_APPLICATIONS = frozenset({"festival", "celebration"})
RECALL_WITHIN = timedelta(minutes=2)
LONGEST_DRAFT_VALUE = 10_000
CONFIRM_DAYS = 14
LEAST_NOTICE = timedelta(days=1)
SCORES = range(1, 6)

MOVES: dict[Verb, dict[State, State]] = {
    Verb.ASK: {State.SUBMITTED: State.ASKED, State.ASKED: State.ASKED},
    Verb.ANSWER: {State.ASKED: State.SUBMITTED},
    Verb.ACCEPT: dict.fromkeys(UNDECIDED, State.ACCEPTED),
    Verb.WAITLIST: dict.fromkeys(UNDECIDED, State.WAITLISTED),
    Verb.DECLINE: dict.fromkeys(UNDECIDED, State.DECLINED),
    Verb.CONFIRM: {State.ACCEPTED: State.CONFIRMED, State.CONFIRMED: State.CONFIRMED},
    Verb.WITHDRAW: dict.fromkeys(LIVE, State.WITHDRAWN),
    Verb.CANCEL: dict.fromkeys(LIVE - {State.DRAFT}, State.CANCELLED),
    Verb.LAPSE: {State.ACCEPTED: State.CANCELLED},
}


class NotPossible(Refusal):
    """The application stands where this cannot be done."""

    sentence = _l("This cannot be done now: the application is “%(state)s”.")


class NotOpenYet(Refusal):
    """The window has not opened."""

    sentence = _l("Applications open on %(day)s. What you have written is kept.")


class ApplicationsClosed(Refusal):
    """The window has shut."""

    sentence = _l("Applications closed on %(day)s. Write to us if you have a question.")


class ConfirmedTooLate(Refusal):
    """The deadline for confirming has passed."""

    sentence = _l("The deadline for confirming was %(day)s, and the place has gone on.")


class ProfileMissing(Refusal):
    """The organisation's profile is not filled in."""

    sentence = _l("Fill in your profile first: name, what you do, and district.")


class ScoreFirst(Refusal):
    """Other reviewers' scores are seen after one's own."""

    sentence = _l("Give your own score first; then you see the others'.")


class NothingPrepared(Refusal):
    """None of the chosen applications has a decision that waits to be released."""

    sentence = _l("None of the chosen applications has a prepared decision.")


class TooLateToRecall(Refusal):
    """The letters have left."""

    sentence = _l("The letters have left already, so the decision stands.")


class TooLateToChange(Refusal):
    """The event has begun, or the application has ended."""

    sentence = _l("This application can no longer be changed.")


class WrongRole(Refusal):
    """That kind of organisation cannot ask for this role, or the event does not offer it."""

    status = 404
    sentence = _l("This event does not offer that.")


@dataclass(frozen=True, slots=True)
class Needs:
    """What the place must have: amperes, phases, water, gas, and metres of front in cm."""

    power_amp: int | None = None
    phases: int = 1
    water: bool = False
    gas: bool = False
    frontage_cm: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """How a first submission is taken: its state, and why it waits if it does."""

    state: State
    reason: Reason | None = None


def moved(state: str, verb: Verb) -> State:
    """The state after the verb; refused where the verb does not apply."""
    after = MOVES[verb].get(State(state))
    if after is None:
        raise NotPossible(state=STATES[State(state)])
    return after


def possible(state: str, verb: Verb) -> bool:
    return State(state) in MOVES[verb]


def entry(phase: str, waiting_list: bool, opens: str, shuts: str) -> Entry:
    """How an application is taken in that phase of its window ("before open late closed")."""
    if phase == "before":
        raise NotOpenYet(day=opens)
    if phase == "open":
        return Entry(State.SUBMITTED)
    if phase == "late" and waiting_list:
        return Entry(State.WAITLISTED, Reason.LATE)
    raise ApplicationsClosed(day=shuts)


def may_edit(state: str, now: datetime, starts_at: datetime) -> bool:
    """A live application may be changed until the event begins."""
    return State(state) in LIVE and now < starts_at


def confirm_by(now: datetime, starts_at: datetime, days: int = CONFIRM_DAYS) -> datetime:
    """The deadline for confirming: so many days, but in good time before the event."""
    return max(now, min(now + timedelta(days=days), starts_at - LEAST_NOTICE))


def lapsed(state: str, deadline: datetime | None, now: datetime) -> bool:
    """An accepted place that nobody confirmed in time."""
    return state == State.ACCEPTED and deadline is not None and now > deadline


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
            raw[name] = [str(value)]
    return raw


def _number(value: object) -> int | None:
    return int(str(value)) if value not in (None, "") else None


def changes(before: Mapping[str, object], after: Mapping[str, object]) -> list[str]:
    """The names of the answers that differ, in the order of the new ones."""
    names = [*after, *(name for name in before if name not in after)]
    return [name for name in names if before.get(name) != after.get(name)]


def average(scores: list[int]) -> float | None:
    """The mean of the scores; None before anybody scored."""
    return sum(scores) / len(scores) if scores else None
