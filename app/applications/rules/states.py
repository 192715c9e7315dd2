"""The roles, states and verbs of an application, and the moves between states."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum


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
    CALL_OFF = "call_off"


class StateReason(StrEnum):
    """Why an application waits or ended, where nobody wrote a sentence about it."""

    LATE = "late"
    FULL = "full"
    UNCONFIRMED = "unconfirmed"
    PASSED_ON = "passed_on"
    CALLED_OFF = "called_off"


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
LONGEST_DRAFT_VALUE = 10_000
# What a role's form calls the person to ring on the day.
CONTACT = frozenset({"contact_name", "contact_phone"})
CONFIRM_DAYS = 14
LEAST_NOTICE = timedelta(days=1)

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
    # Of an event that does not take place.
    Verb.CALL_OFF: dict.fromkeys(LIVE, State.CANCELLED),
}
