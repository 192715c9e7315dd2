"""Keeping what cannot be taken as a scan, as it came, for the lead to look at."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime

from app.checkin.models import QuarantinedScan
from app.checkin.rules.intake import canonical
from app.checkin.rules.reasons import QuarantineReason
from app.checkin.services.reading import ForQuarantine
from app.core.database import insert_many_once
from app.tickets.rules.codes import read_code

# No scan is half as long, in characters.
LONGEST_QUARANTINED = 10_000


def quarantine(
    device: str, event_id: int | None, items: Iterable[ForQuarantine], now: datetime
) -> None:
    """Keep each thing once, whoever sends it again; of what is far larger its beginning."""
    rows = {}
    for _, raw, reason in items:
        content = canonical(raw)
        whole = len(content) <= LONGEST_QUARANTINED
        digest = hashlib.sha256(f"{device}|{content}".encode()).digest()
        rows[digest] = {
            "digest": digest,
            "device": device,
            "event_id": event_id or _event_of_code(raw),
            "reason": reason if whole else QuarantineReason.LARGE,
            "content": content[:LONGEST_QUARANTINED],
            "received_at": now,
        }
    insert_many_once(QuarantinedScan, list(rows.values()))


def _event_of_code(raw: object) -> int | None:
    """The event that an item's code speaks of: whose lead should see what a machine sent."""
    text = raw.get("code") if isinstance(raw, dict) else None
    code = read_code(text) if isinstance(text, str) else None
    return code.event_id if code else None
