"""What the lead does about conflicts, overruled entries and quarantine: look, take in, dismiss."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.checkin.models import ConflictLook, DoubleAdmission, QuarantinedScan
from app.checkin.queries.overrides import overrides_among
from app.checkin.queries.quarantine import awaiting_look
from app.checkin.queries.walk_ins import MARK
from app.checkin.refusals import AnotherScan
from app.checkin.rules.audited import CheckinVerb
from app.checkin.rules.moves import QuarantineOutcome
from app.checkin.rules.quarantine import TAKEABLE
from app.checkin.rules.verdicts import DoorAnswer
from app.checkin.services.recording import record
from app.checkin.services.scanners import Scanner
from app.checkin.services.walk_in_quarantine import id_of
from app.checkin.services.walk_ins import let_in_after_all
from app.core import audit
from app.core.database import db, insert_many_once
from app.core.refusals import NotFound
from app.devices.queries.devices import RIGHTS, PairedDevice, doors
from app.devices.rules.doors import Doors
from app.devices.services.stamps import bounded
from app.workshops.refusals import EventNotOpen, FullAtTheDoor

# No event has this number.
NO_EVENT = 0


def look_at(event_id: int, scan_ids: Collection[str], now: datetime) -> int:
    """Mark conflicts of this event as looked at; how many there were."""
    doubles = db.session.scalars(
        select(DoubleAdmission.scan_id).where(
            DoubleAdmission.event_id == event_id, DoubleAdmission.scan_id.in_(scan_ids)
        )
    ).all()
    return _look(event_id, doubles, CheckinVerb.CONFLICTS_LOOKED_AT, now)


def look_at_overrides(event_id: int, scan_ids: Collection[str], now: datetime) -> int:
    """Mark entries against the rules of this event as looked at; how many there were."""
    return _look(
        event_id, overrides_among(event_id, scan_ids), CheckinVerb.OVERRIDES_LOOKED_AT, now
    )


def dismiss(event_id: int | None, ids: Collection[int], now: datetime) -> int:
    """Leave things in quarantine as they are, as seen; how many. None: those of no event."""
    rows = awaiting_look(event_id, ids)
    _note_outcome(event_id, rows, QuarantineOutcome.SEEN, now)
    return len(rows)


def take_in(event_id: int, ids: Collection[int], now: datetime) -> int:
    """Record what lies in quarantine after all; how many could be."""
    rows = [row for row in awaiting_look(event_id, ids) if row.reason in TAKEABLE]
    known_doors = doors([event_id])[event_id]
    walk_in_people = [row for row in rows if row.content.startswith(MARK)]
    taken = [row for row in walk_in_people if _let_in(row, known_doors, now)]
    scans = [row for row in rows if row not in walk_in_people]
    taken += [row for row in scans if _is_recorded(row, known_doors, now)]
    _note_outcome(event_id, taken, QuarantineOutcome.TAKEN, now)
    return len(taken)


def _look(event_id: int, scan_ids: Sequence[str], verb: CheckinVerb, now: datetime) -> int:
    insert_many_once(ConflictLook, [{"scan_id": scan_id, "looked_at": now} for scan_id in scan_ids])
    if scan_ids:
        audit.record("event", event_id, verb, count=len(scan_ids))
    return len(scan_ids)


def _is_recorded(row: QuarantinedScan, known_doors: Doors, now: datetime) -> bool:
    """Whether it could be recorded as a scan: under its own id, or where another has that."""
    scanner = Scanner(row.device, known_doors.event, doors=known_doors)
    item = _scan_of(row)
    for scan in (item, {**item, "id": id_of(row)}):
        with db.session.begin_nested() as trial:
            (result,) = record(scanner, [scan], now)
            if result.answer["verdict"] != DoorAnswer.QUARANTINED:
                return True
            trial.rollback()
    return False


def _let_in(row: QuarantinedScan, known_doors: Doors, now: datetime) -> bool:
    """Whether who came without a ticket could be enrolled now."""
    device = PairedDevice(
        id=int(row.device),
        event_id=known_doors.event,
        gate="",
        rights=frozenset(RIGHTS),
        revoked=False,
        doors=known_doors,
        all_doors=known_doors,
    )
    try:
        with db.session.begin_nested():
            let_in_after_all(device, row, now)
    except (FullAtTheDoor, EventNotOpen, NotFound, AnotherScan):
        return False
    return True


def _note_outcome(
    event_id: int | None, rows: Iterable[QuarantinedScan], outcome: QuarantineOutcome, now: datetime
) -> None:
    ids = []
    for row in rows:
        row.outcome, row.outcome_at = outcome, now
        ids.append(row.id)
    db.session.flush()
    if ids:
        audit.record("event", event_id or NO_EVENT, CheckinVerb(f"quarantine_{outcome}"), ids=ids)


def _scan_of(row: QuarantinedScan) -> dict[str, Any]:
    """What came, as something that happened when it came and not as something that happens now."""
    item: dict[str, Any] = json.loads(row.content)
    if item.get("offline") is not True:
        item |= {"offline": True, "shown": "green", "clock": None}
    return {**item, "clock": bounded(item.get("clock"), row.received_at)}
