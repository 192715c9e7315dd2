"""What the door answers to one scan: in, already in, out again, or refused and why.

`static/js/checkin/verdict.js` says the same on the phone; `tests/checkin/cases.json` holds both.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from app.checkin.rules.folding import came, earlier_entry
from app.checkin.rules.moves import Move, ScanKind
from app.devices.rules.doors import Door


class DoorAnswer(StrEnum):
    """The verdicts of the contract, and the one for an undo."""

    ADMITTED = "admitted"
    ALREADY = "already"
    EXIT = "exit"
    REFUSED = "refused"
    UNKNOWN = "unknown"
    FORGED = "forged"
    QUARANTINED = "quarantined"
    ANNULLED = "annulled"


class RefusalReason(StrEnum):
    """Why somebody is refused."""

    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    WRONG_EVENT = "wrong_event"
    NOT_YET = "not_yet"
    TOO_LATE = "too_late"
    REVOKED = "revoked"
    RULE = "rule"


class CodeState(StrEnum):
    """How a ticket stands; `forged` and `unknown` are codes without a ticket."""

    VALID = "valid"
    CANCELLED = "cancelled"
    WAITLISTED = "waitlisted"
    REVOKED = "revoked"
    UNKNOWN = "unknown"
    FORGED = "forged"


@dataclass(frozen=True, slots=True)
class RuledTicket:
    """What a verdict needs to know of a ticket; `kind` is `single` or `group`, of `seats`."""

    event: str
    state: CodeState = CodeState.VALID
    kind: str = "single"
    seats: int = 1


@dataclass(frozen=True, slots=True)
class GroupCame:
    """How many of a group have come by now, and how many of them with this entry."""

    came: int
    admits: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """An answer; `override` is what the rules say against a green that was shown; `group` how
    many are in by an entry with a ticket for several."""

    answer: DoorAnswer
    reason: RefusalReason | None = None
    override: str | None = None
    first: Move | None = None
    group: GroupCame | None = None

    @property
    def green(self) -> bool:
        return self.answer is DoorAnswer.ADMITTED


_STATES = {
    CodeState.REVOKED: RefusalReason.REVOKED,
    CodeState.CANCELLED: RefusalReason.CANCELLED,
    CodeState.WAITLISTED: RefusalReason.WAITLISTED,
}
_CODELESS = {CodeState.UNKNOWN: DoorAnswer.UNKNOWN, CodeState.FORGED: DoorAnswer.FORGED}


def verdict(ticket: RuledTicket, door: Door, move: Move, past: Iterable[Move]) -> Verdict:
    """What the rules say of this move; `past` are the ticket's moves on the same list."""
    if ticket.state in _CODELESS:
        return Verdict(_CODELESS[ticket.state])
    if move.kind is ScanKind.ANNUL:
        return Verdict(DoorAnswer.ANNULLED)
    if move.kind is ScanKind.EXIT:
        return Verdict(DoorAnswer.EXIT)
    reason = refusal(ticket, door, move.time)
    if reason is not None:
        return Verdict(DoorAnswer.REFUSED, reason)
    if ticket.seats > 1:
        return _verdict_on_group(ticket, door, move, list(past))
    first = earlier_entry(move, past, door.entry)
    return Verdict(DoorAnswer.ALREADY, first=first) if first else Verdict(DoorAnswer.ADMITTED)


def _verdict_on_group(ticket: RuledTicket, door: Door, move: Move, past: list[Move]) -> Verdict:
    """While some of a group have not come, an entry is one; who came is counted over the list."""
    others = [other for other in past if other.id != move.id]
    first = earlier_entry(move, others, door.entry)
    before = came(others, move, door.entry)
    if first is not None and before >= ticket.seats:
        return Verdict(DoorAnswer.ALREADY, first=first, group=GroupCame(before, 0))
    after = came([*others, move], move, door.entry)
    return Verdict(DoorAnswer.ADMITTED, group=GroupCame(after, max(0, after - before)))


def refusal(ticket: RuledTicket, door: Door, time: int) -> RefusalReason | None:
    """Why an entry with this ticket at this door and time is refused, whoever came before."""
    if door.event is not None and ticket.event != door.event:
        return RefusalReason.WRONG_EVENT
    if ticket.state in _STATES:
        return _STATES[ticket.state]
    if door.kinds is not None and ticket.kind not in door.kinds:
        return RefusalReason.RULE
    if door.opens is not None and time < door.opens:
        return RefusalReason.NOT_YET
    if door.closes is not None and time > door.closes:
        return RefusalReason.TOO_LATE
    return None


def as_told(ruled: Verdict, green: bool) -> Verdict:
    """The verdict on an entry that was decided offline: what the person was told is a fact."""
    if ruled.answer not in (DoorAnswer.ADMITTED, DoorAnswer.ALREADY, DoorAnswer.REFUSED):
        return ruled
    if not green:
        red = ruled.answer is not DoorAnswer.ADMITTED
        return ruled if red else Verdict(DoorAnswer.REFUSED, RefusalReason.RULE)
    if ruled.answer is DoorAnswer.ADMITTED:
        return ruled
    return replace(
        ruled, answer=DoorAnswer.ADMITTED, reason=None, override=ruled.reason or ruled.answer.value
    )
