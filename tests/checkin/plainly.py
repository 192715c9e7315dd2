"""The rules of the log said a second time, as plainly as they can be: a yardstick for the first."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.checkin.models import Scan
from app.devices.rules.doors import Entries, EntryRule

# (ticket, event, session, turn, scan) of an admission; (first, other) of a conflict.
Admitted = set[tuple[Any, ...]]
Clashed = set[tuple[str, str]]


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
        for turns in _entries_by_turn(sorted(moves, key=_place), rule).values():
            admitted |= {(*key, turn, one.id) for turn, one in _firsts(turns)}
            clashed |= _clashes([one for _, one in turns], rule)
    return admitted, clashed


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


def _firsts(entries: list[tuple[int, Scan]]) -> list[tuple[int, Scan]]:
    firsts: dict[int, Scan] = {}
    for epoch, one in entries:
        firsts.setdefault(epoch, one)
    return list(firsts.items())


def _clashes(entries: list[Scan], rule: EntryRule) -> Clashed:
    first = entries[0]
    if rule.entries == Entries.MANY:
        return set()
    return {(first.id, one.id) for one in entries if one.device != first.device}
