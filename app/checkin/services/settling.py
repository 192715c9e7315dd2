"""What the lead does about conflicts and quarantine: look, take in, set aside as seen."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.checkin.models import ConflictLook, DoubleAdmission, QuarantinedScan
from app.checkin.queries.aside import awaiting_look
from app.checkin.queries.devices import doors
from app.checkin.rules.desk_aside import TAKEABLE
from app.checkin.rules.moves import Settled
from app.checkin.rules.verdicts import Answer
from app.checkin.services.recording import Scanner, record
from app.checkin.services.stamps import stamp
from app.core import trail
from app.core.database import db, insert_many_once


def look_at(event_id: int, scan_ids: Collection[str], now: datetime) -> int:
    """Mark conflicts of this event as looked at; how many there were."""
    found = db.session.scalars(
        select(DoubleAdmission.scan_id).where(
            DoubleAdmission.event_id == event_id, DoubleAdmission.scan_id.in_(scan_ids)
        )
    ).all()
    insert_many_once(ConflictLook, [{"scan_id": one, "looked_at": now} for one in found])
    if found:
        trail.record("event", event_id, "conflicts looked at", count=len(found))
    return len(found)


def set_aside(event_id: int, ids: Collection[int], now: datetime) -> int:
    """Leave things in quarantine as they are, as seen; how many."""
    rows = awaiting_look(event_id, ids)
    _settle(event_id, rows, Settled.SEEN, now)
    return len(rows)


def take_in(event_id: int, ids: Collection[int], now: datetime) -> int:
    """Record what lies in quarantine as scans after all; how many could be."""
    rows = [row for row in awaiting_look(event_id, ids) if row.reason in TAKEABLE]
    known_doors = doors([event_id])[event_id]
    taken = []
    for device in sorted({row.device for row in rows}):
        scanner = Scanner(device, event_id, doors=known_doors)
        own = [row for row in rows if row.device == device]
        results = record(scanner, [_scan_of(row) for row in own], now)
        verdicts = [result.answer["verdict"] for result in results]
        taken += [
            row for row, verdict in zip(own, verdicts, strict=True) if verdict != Answer.QUARANTINED
        ]
    _settle(event_id, taken, Settled.TAKEN, now)
    return len(taken)


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
