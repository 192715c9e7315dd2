"""What stands when all scans of one ticket on one list are looked at together.

The scan log is a grow-only set and this is a pure function of it: the order in which scans
arrived, their duplicates and their batches make no difference.
"""

from bisect import insort
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from itertools import starmap
from operator import attrgetter
from typing import NamedTuple

from app.checkin.rules.moves import Move, ScanKind
from app.core.clock import COPENHAGEN
from app.devices.rules.doors import Entries, EntryRule

_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCHS_A_DAY = 1000
_PLACE = attrgetter("place")


class Admission(NamedTuple):
    """The first valid entry of an epoch."""

    epoch: int
    winner: Move


class Conflict(NamedTuple):
    """One ticket admitted twice by different phones: both stay, the earlier one counts."""

    epoch: int
    first: Move
    other: Move


class FoldedScans(NamedTuple):
    """Admissions by epoch, conflicts in order of time, and whether the ticket is inside."""

    admissions: tuple[Admission, ...]
    conflicts: tuple[Conflict, ...]
    inside: bool


# What stands before anybody came.
NOTHING = FoldedScans((), (), inside=False)


def folded(moves: Iterable[Move], rule: EntryRule) -> FoldedScans:
    """Admissions, conflicts and presence that follow from the scans."""
    walked = living(moves)
    if not walked:
        return NOTHING
    entries = [
        (epoch, move)
        for epoch, move in zip(epochs(walked, rule), walked, strict=True)
        if move.kind is ScanKind.ENTRY
    ]
    # In order of time epochs only grow.
    firsts: dict[int, Move] = {}
    for epoch, move in entries:
        firsts.setdefault(epoch, move)
    return FoldedScans(
        admissions=tuple(starmap(Admission, firsts.items())),
        conflicts=_conflicts(entries, rule) if len(entries) > 1 else (),
        inside=walked[-1].kind is ScanKind.ENTRY,
    )


def living(moves: Iterable[Move]) -> list[Move]:
    """Exits and green entries that no scan annuls, each once, in order."""
    once = {move.id: move for move in moves}
    undone = {move.annuls for move in once.values() if move.kind is ScanKind.ANNUL}
    standing = [
        move
        for move in once.values()
        if (move.kind is ScanKind.EXIT or (move.green and move.kind is ScanKind.ENTRY))
        and move.id not in undone
    ]
    return standing if len(standing) < 2 else sorted(standing, key=_PLACE)


def epochs(walked: list[Move], rule: EntryRule) -> list[int]:
    """For each move the number of exits before it: the turn of coming in that it belongs to.

    On a list with many entries every entry is a turn of its own; on a daily list every day
    begins anew.
    """
    counted = ScanKind.ENTRY if rule.entries is Entries.MANY else ScanKind.EXIT
    numbers, day, passed = [], None, 0
    for move in walked:
        if rule.entries is Entries.DAILY and local_day(move.time) != day:
            day, passed = local_day(move.time), 0
        numbers.append(day.toordinal() * _EPOCHS_A_DAY + passed if day else passed)
        passed += move.kind is counted
    return numbers


def earlier_entry(move: Move, past: Iterable[Move], rule: EntryRule) -> Move | None:
    """The entry that stands in the way of this one, if any.

    An entry counts wherever it stands in the epoch: a phone whose clock runs ahead
    must not open a second entry at another door.
    """
    if rule.entries is Entries.MANY:
        return None
    walked = [other for other in living(past) if other.id != move.id]
    if not walked:
        return None
    insort(walked, move, key=_PLACE)
    turns = [_turn(epoch, rule) for epoch in epochs(walked, rule)]
    mine = turns[walked.index(move)]
    for turn, other in zip(turns, walked, strict=True):
        if turn == mine and other.kind is ScanKind.ENTRY and other is not move:
            return other
    return None


def local_day(time: int) -> date:
    """The date in Copenhagen, summer time or not."""
    return (_UNIX_EPOCH + timedelta(milliseconds=time)).astimezone(COPENHAGEN).date()


def _turn(epoch: int, rule: EntryRule) -> int:
    """The epochs among which one entry is allowed; without re-entry exits open nothing."""
    if rule.reentry:
        return epoch
    return epoch // _EPOCHS_A_DAY if rule.entries is Entries.DAILY else 0


def _conflicts(entries: list[tuple[int, Move]], rule: EntryRule) -> tuple[Conflict, ...]:
    """Of entries in order, each with its epoch."""
    if rule.entries is Entries.MANY:
        return ()
    turns: dict[int, list[tuple[int, Move]]] = {}
    for epoch, entry in entries:
        turns.setdefault(_turn(epoch, rule), []).append((epoch, entry))
    clashes = []
    for (_, first), *others in turns.values():
        clashes += [
            Conflict(epoch, first, other) for epoch, other in others if other.device != first.device
        ]
    return tuple(sorted(clashes, key=lambda conflict: conflict.other.place))
