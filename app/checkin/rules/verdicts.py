"""What the door answers to one scan: in, already in, out again, or refused and why.

`static/js/door/verdict.js` says the same on the phone; `tests/checkin/cases.json` holds both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from enum import StrEnum

from app.checkin.rules.folding import earlier_entry
from app.checkin.rules.moves import EntryRule, Kind, Move


class Answer(StrEnum):
    """The verdicts of the contract, and the one for an undo."""

    ADMITTED = "admitted"
    ALREADY = "already"
    EXIT = "exit"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    FORGED = "forged"
    QUARANTINED = "quarantined"
    ANNULLED = "annulled"


class Reason(StrEnum):
    """Why somebody is refused."""

    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    WRONG_EVENT = "wrong_event"
    NOT_YET = "not_yet"
    TOO_LATE = "too_late"
    REVOKED = "revoked"
    RULE = "rule"


class TicketState(StrEnum):
    """How a ticket stands; `forged` and `unknown` are codes without a ticket."""

    VALID = "valid"
    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a verdict needs to know of a ticket; `kind` is `single` or `group`."""

    event: str
    state: TicketState = TicketState.VALID
    kind: str = "single"


@dataclass(frozen=True, slots=True)
class Door:
    """The rules of one door.

    `event` None: any event (a machine that serves all); `session` None: whichever is nearest.
    """

    event: str | None = None
    opens: int | None = None
    closes: int | None = None
    kinds: tuple[str, ...] | None = None
    entry: EntryRule = field(default_factory=EntryRule)
    session: int | None = None


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer; `override` is what the rules say against a green that was shown."""

    answer: Answer
    reason: Reason | None = None
    override: str | None = None
    first: Move | None = None

    @property
    def green(self) -> bool:
        return self.answer is Answer.ADMITTED


_STATES = {
    TicketState.REVOKED: Reason.REVOKED,
    TicketState.CANCELLED: Reason.CANCELLED,
    TicketState.WAITLISTED: Reason.WAITLISTED,
}
_CODELESS = {TicketState.UNKNOWN: Answer.UNKNOWN, TicketState.FORGED: Answer.FORGED}


def verdict(ticket: Ticket, door: Door, move: Move, past: Iterable[Move]) -> Verdict:
    """What the rules say of this move; `past` are the ticket's moves on the same list."""
    if ticket.state in _CODELESS:
        return Verdict(_CODELESS[ticket.state])
    if move.kind is Kind.ANNUL:
        return Verdict(Answer.ANNULLED)
    if move.kind is Kind.EXIT:
        return Verdict(Answer.EXIT)
    reason = refusal(ticket, door, move.time)
    if reason is not None:
        return Verdict(Answer.REFUSED, reason)
    first = earlier_entry(move, past, door.entry)
    return Verdict(Answer.ALREADY, first=first) if first else Verdict(Answer.ADMITTED)


def refusal(ticket: Ticket, door: Door, time: int) -> Reason | None:
    """Why an entry with this ticket at this door and time is refused, whoever came before."""
    if door.event is not None and ticket.event != door.event:
        return Reason.WRONG_EVENT
    if ticket.state in _STATES:
        return _STATES[ticket.state]
    if door.kinds is not None and ticket.kind not in door.kinds:
        return Reason.RULE
    if door.opens is not None and time < door.opens:
        return Reason.NOT_YET
    if door.closes is not None and time > door.closes:
        return Reason.TOO_LATE
    return None


def as_told(ruled: Verdict, green: bool) -> Verdict:
    """The verdict on an entry that was decided offline: what the person was told is a fact."""
    if ruled.answer not in (Answer.ADMITTED, Answer.ALREADY, Answer.REFUSED):
        return ruled
    if not green:
        red = ruled.answer is not Answer.ADMITTED
        return ruled if red else Verdict(Answer.REFUSED, Reason.RULE)
    if ruled.answer is Answer.ADMITTED:
        return ruled
    return replace(
        ruled, answer=Answer.ADMITTED, reason=None, override=ruled.reason or ruled.answer.value
    )
