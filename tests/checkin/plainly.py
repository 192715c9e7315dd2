"""The rules of the log said a second time, as plainly as they can be: a yardstick for the first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.checkin.models import Scan
from app.devices.rules.doors import Entries, EntryRule

# (ticket, event, session, epoch, number, scan, people) of an admission.
Admitted = set[tuple[Any, ...]]
# (first, other, people too many) of a conflict.
Clashed = set[tuple[str, str, int]]
# How many came with an entry, and for how many the ticket had no seat any more.
Brought = dict[str, tuple[int, int]]


def told_plainly(scans: Iterable[Scan], rule: EntryRule) -> tuple[Admitted, Clashed]:
    """Admissions and conflicts that follow from all scans of the log."""
    lists: defaultdict[tuple[Any, ...], list[Scan]] = defaultdict(list)
    kept = list(scans)
    undone = {(one.ticket_id, one.event_id, one.annuls) for one in kept if one.kind == "annul"}
    for one in kept:
        entered = one.kind == "exit" or (one.kind == "entry" and one.green)
        if entered and one.ticket_id and (one.ticket_id, one.event_id, one.id) not in undone:
            lists[one.ticket_id, one.event_id, one.session_id].append(one)
    admitted, clashed = set(), set()
    for key, moves in lists.items():
        moves.sort(key=_place)
        brought = _brought(moves, rule)
        for turns in _entries_by_turn(moves, rule).values():
            admitted |= {(*key, *told) for told in _admitting(turns, brought)}
            clashed |= _clashes([one for _, one in turns], brought, rule)
    return admitted, clashed


def _brought(moves: list[Scan], rule: EntryRule) -> Brought:
    """By entry: a group comes in parts, leaves as one, and comes back as one."""
    came: Counter[int] = Counter()
    away: set[int] = set()
    brought: Brought = {}
    for one in moves:
        day = _day(one.time_ms) if rule.entries == Entries.DAILY else 0
        if one.kind == "exit":
            away |= {day} if rule.reentry else set()
        elif day in away and came[day]:
            away.remove(day)
            brought[one.id] = (0, 0)
        else:
            away.discard(day)
            free = max(one.seats - came[day], 0)
            asked = min(one.admits or (free or one.seats), one.seats)
            brought[one.id] = (min(asked, free), asked - min(asked, free))
            came[day] += min(asked, free)
    return brought


def _place(one: Scan) -> tuple[int, str, str]:
    return (one.time_ms, one.device, one.id)


def _entries_by_turn(moves: list[Scan], rule: EntryRule) -> dict[Any, list[tuple[int, Scan]]]:
    """Entries with their epoch, under what lets one entry in: the epoch, the day, or the list."""
    passed: Counter[int] = Counter()
    found: defaultdict[Any, list[tuple[int, Scan]]] = defaultdict(list)
    for one in moves:
        day = _day(one.time_ms) if rule.entries == Entries.DAILY else 0
        if one.kind == "entry":
            epoch = day * 1000 + passed[day]
            found[epoch if rule.reentry else day].append((epoch, one))
        passed[day] += one.kind == ("entry" if rule.entries == Entries.MANY else "exit")
    return found


def _day(time: int) -> int:
    moment = datetime.fromtimestamp(time / 1000, UTC).astimezone(ZoneInfo("Europe/Copenhagen"))
    return moment.toordinal()


def _admitting(entries: list[tuple[int, Scan]], brought: Brought) -> list[tuple[Any, ...]]:
    """The first entry of each epoch, and those that brought more."""
    numbers: Counter[int] = Counter()
    told = []
    for epoch, one in entries:
        people, _ = brought[one.id]
        if people or not numbers[epoch]:
            told.append((epoch, numbers[epoch], one.id, people))
            numbers[epoch] += 1
    return told


def _clashes(entries: list[Scan], brought: Brought, rule: EntryRule) -> Clashed:
    if rule.entries == Entries.MANY:
        return set()
    clashed = set()
    for place, one in enumerate(entries):
        before = [entries[0], *(other for other in entries[:place] if brought[other.id][0])]
        others = [other for other in before if other.device != one.device]
        if place and brought[one.id][1] and others:
            clashed.add((others[0].id, one.id, brought[one.id][1]))
    return clashed
