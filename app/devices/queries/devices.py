"""Devices and the doors they stand at."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, select

from app.core import clock
from app.core.access import Identity
from app.core.database import db
from app.core.prepared import Prepared
from app.core.refusals import NotFound
from app.core.tokens import token_hash
from app.devices.models import Device, DoorRule
from app.devices.rules.doors import Doors, Entries, EntryRule, ListedSession, Terms
from app.devices.rules.moments import milliseconds
from app.devices.rules.sessions import doors_of_phone
from app.events.models import Event, Session

DEVICE_TOKEN_PREFIX = "door_"  # noqa: S105 the prefix, not a secret
AnyRow = Row[*tuple[Any, ...]]
RIGHTS = ("scan", "search", "admit", "undo")
# Given by the lead alone: to choose which session of a course the phone scans for.
CHOOSES = "session"

_RULES = (
    DoorRule.gate.label("rule_gate"),
    DoorRule.opens_at,
    DoorRule.closes_at,
    DoorRule.kinds,
    DoorRule.session_id,
    DoorRule.entries,
    DoorRule.reentry,
    Session.id.label("session"),
    Session.starts_at,
    Session.ends_at,
)
_DEVICE = (
    Device.id,
    Device.event_id,
    Device.gate,
    Device.rights,
    Device.revoked_at,
    Device.left_at,
)
_BY_TOKEN = Prepared(
    lambda _dialect: (
        select(*_DEVICE, *_RULES)
        .outerjoin(DoorRule, DoorRule.event_id == Device.event_id)
        .outerjoin(Session, Session.event_id == Device.event_id)
        .where(Device.token_hash == bindparam("token_hash"))
    )
)
_ENDS = Prepared(lambda _dialect: select(Event.ends_at).where(Event.id == bindparam("event_id")))
_DOORS = (
    select(Event.id.label("event_id"), *_RULES)
    .outerjoin(DoorRule, DoorRule.event_id == Event.id)
    .outerjoin(Session, Session.event_id == Event.id)
    .where(Event.id.in_(bindparam("event_ids", expanding=True)))
)


@dataclass(frozen=True, slots=True)
class PairedDevice:
    """A device as the guard hands it on.

    One that was revoked, or left by those who had it, may only deliver what it still has; what
    comes from a revoked one waits for the lead.
    """

    id: int
    event_id: int
    gate: str
    rights: frozenset[str]
    revoked: bool
    # As the phone may choose among them; what happened without network is judged by all.
    doors: Doors
    all_doors: Doors
    left: bool = False

    @property
    def only_delivers(self) -> bool:
        """Whether it gets nothing any more."""
        return self.revoked or self.left


def device_by_token(token: str) -> PairedDevice | None:
    """The device a token stands for, read before the request's transaction."""
    if not token.startswith(DEVICE_TOKEN_PREFIX):
        return None
    rows = _BY_TOKEN.rows_before(token_hash=token_hash(token))
    if not rows:
        return None
    first = rows[0]
    all_doors = _doors(first.event_id, rows)
    return PairedDevice(
        id=first.id,
        event_id=first.event_id,
        gate=first.gate,
        rights=frozenset(first.rights),
        revoked=first.revoked_at is not None,
        doors=doors_of_phone(all_doors, first.gate, chooses=CHOOSES in first.rights),
        all_doors=all_doors,
        left=first.left_at is not None,
    )


def ends_at(event_id: int) -> datetime:
    """When a device's event ends, read before the request's transaction."""
    (row,) = _ENDS.rows_before(event_id=event_id)
    ends: datetime = row.ends_at
    return ends


def device_bearer(token: str) -> Identity | None:
    """The caller a device's token stands for."""
    device = device_by_token(token)
    return Identity(device=device) if device else None


def doors(event_ids: Iterable[int]) -> dict[int, Doors]:
    """The doors of several events, in one statement."""
    rows = db.session.execute(_DOORS, {"event_ids": sorted(set(event_ids))}).all()
    by_event: dict[int, list[AnyRow]] = {}
    for row in rows:
        by_event.setdefault(row.event_id, []).append(row)
    return {event_id: _doors(event_id, listed) for event_id, listed in by_event.items()}


def device(event_id: int, device_id: int) -> Device:
    """A device of this event; raises NotFound."""
    phone = db.session.get(Device, device_id)
    if phone is None or phone.event_id != event_id:
        raise NotFound
    return phone


def devices(event_id: int) -> Sequence[Device]:
    """All devices of an event: by gate, oldest first."""
    statement = select(Device).where(Device.event_id == event_id)
    return db.session.scalars(statement.order_by(Device.gate, Device.created_at, Device.id)).all()


def awaiting_pairing(code: str) -> Device:
    """The device that a pairing code still opens; raises NotFound."""
    phone = db.session.scalar(
        select(Device).where(
            Device.pairing_hash == token_hash(code),
            Device.pairing_ends_at > clock.now(),
            Device.revoked_at.is_(None),
        )
    )
    if phone is None:
        raise NotFound
    return phone


def _doors(event_id: int, rows: Sequence[AnyRow]) -> Doors:
    terms = {row.rule_gate: _terms(row) for row in rows if row.rule_gate is not None}
    sessions = {
        row.session: ListedSession(row.session, _ms(row.starts_at), _ms(row.ends_at))
        for row in rows
        if row.session is not None
    }
    entry = next(
        (EntryRule(Entries(row.entries), row.reentry) for row in rows if row.rule_gate == ""),
        EntryRule(),
    )
    return Doors(event_id, entry, tuple(sorted(terms.items())), tuple(sessions.values()))


def _terms(row: AnyRow) -> Terms:
    return Terms(
        opens=_ms(row.opens_at) if row.opens_at else None,
        closes=_ms(row.closes_at) if row.closes_at else None,
        kinds=None if row.kinds is None else tuple(row.kinds),
        session=row.session_id,
    )


def _ms(moment: datetime) -> int:
    return milliseconds(moment)
