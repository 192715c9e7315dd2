"""What the lead does about conflicts, entries against the rules, and quarantine: look, take in,
set aside as seen."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.checkin.models import ConflictLook, DoubleAdmission, QuarantinedScan
from app.checkin.queries.aside import awaiting_look
from app.checkin.queries.devices import RIGHTS, PairedDevice, doors
from app.checkin.queries.overrides import overrides_among
from app.checkin.queries.walkins import MARK
from app.checkin.rules.desk_aside import TAKEABLE
from app.checkin.rules.doors import Doors
from app.checkin.rules.moves import Settled
from app.checkin.rules.verdicts import Answer
from app.checkin.services.recording import Scanner, record
from app.checkin.services.stamps import stamp
from app.checkin.services.walkins import let_in_after_all
from app.core import trail
from app.core.database import db, insert_many_once
from app.core.refusals import NotFound
from app.workshops.rules.refusals import FullAtTheDoor


def look_at(event_id: int, scan_ids: Collection[str], now: datetime) -> int:
    """Mark conflicts of this event as looked at; how many there were."""
    found = db.session.scalars(
        select(DoubleAdmission.scan_id).where(
            DoubleAdmission.event_id == event_id, DoubleAdmission.scan_id.in_(scan_ids)
        )
    ).all()
    return _look(event_id, found, "conflicts looked at", now)


def look_at_overrides(event_id: int, scan_ids: Collection[str], now: datetime) -> int:
    """Mark entries against the rules of this event as looked at; how many there were."""
    return _look(event_id, overrides_among(event_id, scan_ids), "overrides looked at", now)


def set_aside(event_id: int, ids: Collection[int], now: datetime) -> int:
    """Leave things in quarantine as they are, as seen; how many."""
    rows = awaiting_look(event_id, ids)
    _settle(event_id, rows, Settled.SEEN, now)
    return len(rows)


def take_in(event_id: int, ids: Collection[int], now: datetime) -> int:
    """Record what lies in quarantine after all; how many could be."""
    rows = [row for row in awaiting_look(event_id, ids) if row.reason in TAKEABLE]
    known_doors = doors([event_id])[event_id]
    newcomers = [row for row in rows if row.content.startswith(MARK)]
    taken = [row for row in newcomers if _let_in(row, known_doors, now)]
    scans = [row for row in rows if row not in newcomers]
    for device in sorted({row.device for row in scans}):
        own = [row for row in scans if row.device == device]
        taken += _recorded(Scanner(device, event_id, doors=known_doors), own, now)
    _settle(event_id, taken, Settled.TAKEN, now)
    return len(taken)


def _look(event_id: int, found: Sequence[str], verb: str, now: datetime) -> int:
    insert_many_once(ConflictLook, [{"scan_id": one, "looked_at": now} for one in found])
    if found:
        trail.record("event", event_id, verb, count=len(found))
    return len(found)


def _recorded(
    scanner: Scanner, rows: Sequence[QuarantinedScan], now: datetime
) -> list[QuarantinedScan]:
    """Those that could be recorded as scans."""
    results = record(scanner, [_scan_of(row) for row in rows], now)
    verdicts = [result.answer["verdict"] for result in results]
    return [
        row for row, verdict in zip(rows, verdicts, strict=True) if verdict != Answer.QUARANTINED
    ]


def _let_in(row: QuarantinedScan, known_doors: Doors, now: datetime) -> bool:
    """Whether who came without a ticket could be enrolled now."""
    event_id = known_doors.event
    device = PairedDevice(int(row.device), event_id, "", frozenset(RIGHTS), False, known_doors)
    try:
        with db.session.begin_nested():
            let_in_after_all(device, row, now)
    except (FullAtTheDoor, NotFound):
        return False
    return True


def _settle(
    event_id: int, rows: Iterable[QuarantinedScan], settled: Settled, now: datetime
) -> None:
    ids = []
    for row in rows:
        row.settled, row.settled_at = settled, now
        ids.append(row.id)
    db.session.flush()
    if ids:
        trail.record("event", event_id, f"quarantine {settled}", ids=ids)


def _scan_of(row: QuarantinedScan) -> Any:
    """What came, as something that happened when it came and not as something that happens now."""
    item = json.loads(row.content)
    if not isinstance(item, dict):
        return item
    if row.reason == "other content":
        item["id"] = row.digest.hex()[:32]
    if item.get("offline") is not True:
        item |= {"offline": True, "shown": "green", "clock": {"after": stamp(row.received_at)}}
    return item
