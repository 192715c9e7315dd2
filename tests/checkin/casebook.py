"""Reads the cases that the rules in Python and on the phone must both answer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from app.checkin.rules.folding import folded
from app.checkin.rules.intake import Circumstances, Item
from app.checkin.rules.judging import judge
from app.checkin.rules.lists import Placed
from app.checkin.rules.moves import Move, ScanKind
from app.checkin.rules.verdicts import CodeState, RuledTicket, as_told, verdict
from app.devices.rules.clocks import is_skewed, scan_time
from app.devices.rules.doors import (
    Door,
    Doors,
    Entries,
    EntryRule,
    ListedSession,
    Terms,
    session_at,
)

CASES = Path(__file__).with_name("cases.json")

Case = dict[str, Any]


def cases() -> list[Case]:
    """All cases of the file."""
    read: list[Case] = json.loads(CASES.read_text(encoding="utf-8"))
    return read


def answer_to(case: Case) -> object:
    """What the rules in Python say to a case."""
    answers = {
        "verdict": _verdict,
        "course": _course,
        "standing": _standing,
        "group": _group,
        "clock": _clock,
        "session": _session,
    }
    return answers[case["about"]](case)


def _verdict(case: Case) -> object:
    door = case["door"]
    ruled = verdict(
        RuledTicket(**{**case["ticket"], "state": CodeState(case["ticket"]["state"])}),
        Door(
            event=door["event"],
            opens=door["opens"],
            closes=door["closes"],
            kinds=None if door["kinds"] is None else tuple(door["kinds"]),
            entry=EntryRule(Entries(door["entries"]), door["reentry"]),
        ),
        _move(case["scan"]),
        [_move(one) for one in case["past"]],
    )
    if case["told"] is not None:
        ruled = as_told(ruled, case["told"])
    told: dict[str, object] = {
        "answer": ruled.answer,
        "reason": ruled.reason,
        "override": ruled.override,
        "first": ruled.first.id if ruled.first else None,
    }
    if "seats" in case["ticket"]:
        told["group"] = [ruled.group.came, ruled.group.admits] if ruled.group else None
    return told


def _course(case: Case) -> object:
    """A scan with its list chosen by gate and time, among the ticket's moves on all lists."""
    scan, doors = case["scan"], _doors(case["doors"])
    kind, time = ScanKind(scan["kind"]), scan["time"]
    item = Item(
        scan["id"], "", kind, scan["gate"], time, 0, scan["annuls"], Circumstances(offline=False)
    )
    past = [
        Placed(_move({name: one[name] for name in scan}), (doors.event, int(one["session"])))
        for one in case["past"]
    ]
    ticket = RuledTicket(**{**case["ticket"], "state": CodeState(case["ticket"]["state"])})
    found = judge(item, scan["device"], ticket, doors, past, time)
    first = found.verdict.first
    return {
        "session": str(found.placed.key[1]),
        "answer": found.verdict.answer,
        "reason": found.verdict.reason,
        "first": first.id if first else None,
    }


def _doors(raw: Case) -> Doors:
    def terms(one: Case) -> Terms:
        kinds = None if one["kinds"] is None else tuple(one["kinds"])
        session = None if one["session"] is None else int(one["session"])
        return Terms(one["opens"], one["closes"], kinds, session)

    return Doors(
        int(raw["event"]),
        EntryRule(Entries(raw["entry"]["entries"]), raw["entry"]["reentry"]),
        tuple((one["gate"], terms(one)) for one in raw["terms"]),
        _sessions(raw["sessions"]),
    )


def _standing(case: Case) -> object:
    rule = EntryRule(Entries(case["rule"]["entries"]), case["rule"]["reentry"])
    found = folded([_move(one) for one in case["moves"]], rule)
    return {
        "admissions": [[one.epoch, one.winner.id] for one in found.admissions],
        "conflicts": [[one.first.id, one.other.id] for one in found.conflicts],
        "inside": found.inside,
    }


def _group(case: Case) -> object:
    """What stands of a group, with how many came by each entry and how many were too many."""
    rule = EntryRule(Entries(case["rule"]["entries"]), case["rule"]["reentry"])
    found = folded([_move(one) for one in case["moves"]], rule)
    return {
        "admissions": [[one.epoch, one.winner.id, one.admits] for one in found.admissions],
        "conflicts": [[one.first.id, one.other.id, one.excess] for one in found.conflicts],
        "inside": found.inside,
    }


def _clock(case: Case) -> object:
    time = scan_time(case["at"], case["offset"], case["before"], case["after"])
    return {"time": time, "skewed": is_skewed(case["at"], time)}


def _session(case: Case) -> object:
    found = session_at(case["time"], _sessions(case["sessions"]))
    return str(found) if found else None


def _sessions(raw: list[Case]) -> tuple[ListedSession, ...]:
    return tuple(ListedSession(int(one["id"]), one["starts"], one["ends"]) for one in raw)


def _move(raw: Case) -> Move:
    return Move(**{**raw, "kind": ScanKind(raw["kind"])})
