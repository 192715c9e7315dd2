"""Who stood at the door without a ticket and could not be enrolled: kept sealed for the lead."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime, timedelta

from cryptography.exceptions import InvalidTag

from app.checkin.models import QuarantinedScan
from app.checkin.queries.walk_ins import MARK, old_walk_ins, quarantined_walk_ins
from app.checkin.rules.entries import Secrets, boxed, unboxed
from app.checkin.rules.intake import canonical
from app.checkin.rules.reasons import QuarantineReason
from app.checkin.rules.walk_ins import NoPerson, WalkInPerson, read_typed, read_walk_in_person
from app.core.database import db, insert_once
from app.core.folding import fold
from app.core.secrets import purpose_key
from app.core.unit_of_work import unit_of_work
from app.devices.rules.encoding import as_text, from_text
from app.people.models import Person

# The lead has so long to make room for who could not be enrolled.
KEPT = timedelta(days=30)


def quarantine_walk_in(
    device: str,
    event_id: int,
    item: Mapping[str, object],
    who: str,
    reason: QuarantineReason,
    now: datetime,
) -> None:
    """Into quarantine, once for each id; who it was can be read with our key alone."""
    box = as_text(boxed(_secrets(), who))
    rest = canonical({"kind": "walkin", **item})
    insert_once(
        QuarantinedScan,
        digest=digest_of(device, str(item["id"])),
        device=device,
        event_id=event_id,
        reason=reason,
        content=f'{MARK}"{box}",{rest[1:]}',
        received_at=now,
    )


def digest_of(device: str, walk_in_id: str) -> bytes:
    """What a walk-in is known by in quarantine."""
    return hashlib.sha256(f"{device}|walkin|{walk_in_id}".encode()).digest()


def id_of(row: QuarantinedScan) -> str:
    """Under what id something in quarantine is taken in whose own belongs to another scan."""
    return row.digest.hex()[:32]


def walk_in_person_of(row: QuarantinedScan) -> WalkInPerson | None:
    """Who a row of quarantine is about; None where it is no walk-in, or nobody can tell."""
    if not row.content.startswith(MARK):
        return None
    try:
        item = json.loads(row.content)
        who = read_typed(unboxed(_secrets(), from_text(item["box"])))
        return read_walk_in_person(who, strict=False)
    except (ValueError, TypeError, KeyError, InvalidTag, NoPerson):
        return None


def drop_who(row: QuarantinedScan) -> None:
    """Keep of a walk-in only that somebody came."""
    row.content = _nameless(row.content)


def forget(person: Person) -> None:
    """Drop who it was from what waits in quarantine."""
    for row in _rows_of(person):
        drop_who(row)
    db.session.flush()


def about(person_id: int) -> dict[str, object]:
    """What waits in quarantine for a person: who came without a ticket and was not enrolled."""
    rows = _rows_of(db.session.get_one(Person, person_id))
    return {
        "waiting": [{"event": row.event_id, "came": row.received_at.isoformat()} for row in rows]
    }


def forget_walk_ins(now: datetime) -> int:
    """Drop who it was once the event lies a month back."""
    ids = old_walk_ins(now - KEPT)
    db.session.rollback()
    for number in ids:
        with unit_of_work():
            drop_who(db.session.get_one(QuarantinedScan, number))
    return len(ids)


def _rows_of(person: Person) -> list[QuarantinedScan]:
    rows = quarantined_walk_ins()
    return [row for row in rows if _is(walk_in_person_of(row), person)]


def _is(walk_in_person: WalkInPerson | None, person: Person) -> bool:
    if walk_in_person is None or not walk_in_person.mail:
        return False
    return (walk_in_person.mail, fold(walk_in_person.name)) == (person.email, person.name_folded)


def _nameless(content: str) -> str:
    item = json.loads(content)
    del item["box"]
    return canonical(item)


def _secrets() -> Secrets:
    entry, nonce = purpose_key("door walk-ins"), purpose_key("door walk-in nonces")
    return Secrets(key=b"", entry=entry, nonce=nonce)
