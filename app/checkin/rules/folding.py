"""What stands when all scans of one ticket on one list are looked at together.

The scan log is a grow-only set and this is a pure function of it: the order in which scans
arrived, their duplicates and their batches make no difference.
"""

from bisect import insort
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from operator import attrgetter
from typing import NamedTuple

from app.checkin.rules.moves import Move, ScanKind
from app.core.clock import COPENHAGEN
from app.devices.rules.doors import Entries, EntryRule
from app.workshops.rules.arrivals import EPOCHS_A_DAY

_UNIX_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = attrgetter("place")


class FoldedAdmission(NamedTuple):
    """An entry that let somebody in: the first of its epoch, or one with more of a group.

    `number` is its place among those of the epoch. `admits` is how many came who had not come
    before: nobody where a group returns.
    """

    epoch: int
    winner: Move
    number: int = 0
    admits: int = 1


class Conflict(NamedTuple):
    """One ticket let more in than it is for, by different phones: both entries stay.

    The earlier one counts; `excess` is how many were too many.
    """

    epoch: int
    first: Move
    other: Move
    excess: int = 1


class FoldedScans(NamedTuple):
    """Admissions in order, conflicts in order of time, and whether the ticket is inside."""

    admissions: tuple[FoldedAdmission, ...]
    conflicts: tuple[Conflict, ...]
    inside: bool


class _Entry(NamedTuple):
    """An entry with its epoch, how many came with it for the first time, and how many too many."""

    epoch: int
    move: Move
    admits: int
    excess: int


# What stands before anybody came.
NOTHING = FoldedScans((), (), inside=False)


def folded(moves: Iterable[Move], rule: EntryRule) -> FoldedScans:
    """Admissions, conflicts and presence that follow from the scans."""
    walked = living(moves)
    if not walked:
        return NOTHING
    entries = _entries(walked, rule)
    return FoldedScans(
        admissions=_admissions(entries),
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
        numbers.append(day.toordinal() * EPOCHS_A_DAY + passed if day else passed)
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


def came(moves: Iterable[Move], day_of: Move, rule: EntryRule) -> int:
    """How many came by these moves: on the day of one of them where each day begins anew."""
    day = local_day(day_of.time) if rule.entries is Entries.DAILY else None
    return sum(
        entry.admits
        for entry in _entries(living(moves), rule)
        if day is None or local_day(entry.move.time) == day
    )


def local_day(time: int) -> date:
    """The date in Copenhagen, summer time or not."""
    return (_UNIX_EPOCH + timedelta(milliseconds=time)).astimezone(COPENHAGEN).date()


def _turn(epoch: int, rule: EntryRule) -> int:
    """The epochs among which one entry is allowed; without re-entry exits open nothing."""
    if rule.reentry:
        return epoch
    return epoch // EPOCHS_A_DAY if rule.entries is Entries.DAILY else 0


def _entries(walked: list[Move], rule: EntryRule) -> list[_Entry]:
    """The entries among moves in order. A group that has left comes back as a whole, so its return
    brings nobody new; who had not come yet may follow."""
    entries: list[_Entry] = []
    number, day, left = 0, None, False
    for epoch, move in zip(epochs(walked, rule), walked, strict=True):
        if rule.entries is Entries.DAILY and epoch // EPOCHS_A_DAY != day:
            number, day, left = 0, epoch // EPOCHS_A_DAY, False
        if move.kind is ScanKind.EXIT:
            left = rule.reentry
            continue
        admits, excess = (0, 0) if left and number else _shared_out(move, number)
        entries.append(_Entry(epoch, move, admits, excess))
        number, left = number + admits, False
    return entries


def _shared_out(move: Move, number: int) -> tuple[int, int]:
    """How many of an entry's people have a seat, where so many came before, and how many none."""
    room = max(0, move.seats - number)
    if move.admits is None:
        return (room, 0) if room else (0, move.seats)
    wanted = min(move.admits, move.seats)
    return min(wanted, room), max(0, wanted - room)


def _admissions(entries: list[_Entry]) -> tuple[FoldedAdmission, ...]:
    """In order of time epochs only grow."""
    admissions: list[FoldedAdmission] = []
    for epoch, move, admits, _excess in entries:
        last = admissions[-1] if admissions else None
        if last is None or last.epoch != epoch:
            admissions.append(FoldedAdmission(epoch, move, 0, admits))
        elif admits:
            admissions.append(FoldedAdmission(epoch, move, last.number + 1, admits))
    return tuple(admissions)


def _conflicts(entries: list[_Entry], rule: EntryRule) -> tuple[Conflict, ...]:
    """Of entries in order: those that let in more than the ticket is for."""
    if rule.entries is Entries.MANY:
        return ()
    turns: dict[int, list[_Entry]] = {}
    clashes = []
    for entry in entries:
        earlier = turns.setdefault(_turn(entry.epoch, rule), [])
        first = _by_another_phone(earlier, entry) if entry.excess else None
        if first is not None:
            clashes.append(Conflict(entry.epoch, first, entry.move, entry.excess))
        earlier.append(entry)
    return tuple(sorted(clashes, key=lambda conflict: conflict.other.place))


def _by_another_phone(earlier: list[_Entry], entry: _Entry) -> Move | None:
    """The entry that one stands against: the first of its turn, else one with more of the group."""
    for place, (_epoch, move, admits, _excess) in enumerate(earlier):
        if move.device != entry.move.device and (place == 0 or admits):
            return move
    return None
