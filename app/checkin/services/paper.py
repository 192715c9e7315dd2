"""The paper list: what was ticked at the door, entered as scans of a device "paper"."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.checkin.services.answers import Result
from app.checkin.services.recording import record
from app.checkin.services.scanners import Scanner
from app.core.database import db
from app.devices.queries.devices import doors
from app.devices.services.stamps import rfc3339
from app.tickets.models import Ticket

PAPER = "paper"


def admit_ticked(
    event_id: int, ticket_ids: Collection[int], at: datetime, now: datetime
) -> list[Result]:
    """Enter the ticked tickets of this event as entries at `at`; entering them again adds none."""
    tickets = db.session.execute(
        select(Ticket.id, Ticket.code).where(Ticket.event_id == event_id, Ticket.id.in_(ticket_ids))
    ).all()
    scanner = Scanner(paper_of(event_id), event_id, doors=doors([event_id])[event_id])
    time = rfc3339(at)
    scans = [
        {
            "id": hashlib.sha256(f"{PAPER}|{row.id}|{time}".encode()).hexdigest()[:32],
            "code": row.code,
            "kind": "entry",
            "gate": PAPER,
            "at": time,
            "seq": 0,
            "offline": True,
        }
        for row in sorted(tickets)
    ]
    return record(scanner, scans, now) if scans else []


def paper_of(event_id: int) -> str:
    """What stands as the device where something is entered from an event's paper."""
    return f"{PAPER}:{event_id}"
