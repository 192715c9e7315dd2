"""Recording, third step: what becomes of each scan of a batch, those before it heeded."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum, auto
from typing import NamedTuple

from app.checkin.queries.scans import KnownScan
from app.checkin.queries.tickets import FoundTicket
from app.checkin.rules.judging import JudgedScan, judge
from app.checkin.rules.lists import Placed
from app.checkin.rules.verdicts import CodeState, RuledTicket
from app.checkin.services.answers import stored
from app.checkin.services.looking_up import LookedUp, MovesByTicket
from app.checkin.services.reading import ReadScan
from app.checkin.services.scanners import Scanner
from app.core.signing import is_signed
from app.devices.rules.doors import Doors


class ScanOutcome(Enum):
    """What becomes of a scan."""

    NEW = auto()
    # It came before with less of its circumstances.
    LATER_WORD = auto()
    REPEATED = auto()
    OTHER_CONTENT = auto()


class Decision(NamedTuple):
    """What becomes of one scan; `scan` is what then stands under its id.

    Where the rules were asked there is something `judged`, and to write.
    """

    read: ReadScan
    ticket: FoundTicket | None
    outcome: ScanOutcome
    scan: KnownScan
    judged: JudgedScan | None = None


class DecidedBatch(NamedTuple):
    """The decisions in their order, and the moves of the tickets with those of the batch."""

    decisions: list[Decision]
    moves: MovesByTicket


NOTHING_DECIDED = DecidedBatch([], {})


def decide_batch(
    scanner: Scanner, found: LookedUp, scans: Sequence[ReadScan], now: int
) -> DecidedBatch:
    """Answer each scan as before if it is known, else by the rules."""
    known = dict(found.known)
    moves = {ticket_id: dict(stood) for ticket_id, stood in found.moves.items()}
    decisions = []
    for read in scans:
        decision = _decide(scanner, found, known, moves, read, now)
        decisions.append(decision)
        if decision.judged is not None:
            known[read.item.id] = decision.scan
            if decision.ticket is not None:
                moves.setdefault(decision.ticket.id, {})[read.item.id] = decision.scan.placed
    return DecidedBatch(decisions, moves)


def _decide(
    scanner: Scanner,
    found: LookedUp,
    known: Mapping[str, KnownScan],
    moves: MovesByTicket,
    read: ReadScan,
    now: int,
) -> Decision:
    item = read.item
    before, ticket = known.get(item.id), found.tickets.get(item.code)
    if before is None:
        outcome = ScanOutcome.NEW
    elif (before.device, before.identity) != (scanner.name, item.identity):
        return Decision(read, ticket, ScanOutcome.OTHER_CONTENT, before)
    elif before.circumstances.rank >= item.circumstances.rank:
        return Decision(read, ticket, ScanOutcome.REPEATED, before)
    else:
        outcome = ScanOutcome.LATER_WORD
    judged = judge(
        item,
        scanner.name,
        ticket.ruled if ticket else RuledTicket("", _codeless(found, item.code)),
        _doors_for(scanner, found, read, ticket),
        _past(found, moves, ticket) if ticket else (),
        now,
    )
    if before is not None:
        judged = judged.of_seats(before.placed.move.seats)
    scan = KnownScan(
        scanner.name,
        ticket.id if ticket else None,
        item.identity,
        item.circumstances,
        judged.placed,
        stored(judged),
    )
    return Decision(read, ticket, outcome, scan, judged)


def _doors_for(
    scanner: Scanner, found: LookedUp, read: ReadScan, ticket: FoundTicket | None
) -> Doors | None:
    """A phone may have stood at another gate when it scanned; nothing of that is a choice."""
    if read.item.circumstances.offline and scanner.all_doors is not None:
        return scanner.all_doors
    event_id = scanner.event_id or (ticket.event_id if ticket else None)
    return found.doors.get(event_id) if event_id is not None else None


def _past(found: LookedUp, moves: MovesByTicket, ticket: FoundTicket) -> Iterator[Placed]:
    """The moves of the guest, with this ticket or with another that it replaced."""
    for ticket_id in found.of_enrolment.get(ticket.enrolment_id, ()):
        yield from moves.get(ticket_id, {}).values()


def _codeless(found: LookedUp, text: str) -> CodeState:
    """A code without a ticket: unknown if it is none of ours or signed by us, else forged."""
    code = found.codes.get(text)
    if code is None:
        return CodeState.UNKNOWN
    key = found.public_keys.get(code.event_id)
    genuine = key is not None and is_signed(key, code.signature, code.payload)
    return CodeState.UNKNOWN if genuine else CodeState.FORGED
