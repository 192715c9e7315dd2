"""What a phone tells of itself every few seconds, and what it is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select, update

from app.core.database import db
from app.crowd.queries.tallies import crowd
from app.crowd.rules.estimates import Crowd
from app.devices.models import Device
from app.devices.queries.devices import PairedDevice
from app.devices.services.stamps import rfc3339, stamp
from app.events.models import Event
from app.workshops.models import Workshop


@dataclass(frozen=True, slots=True)
class HeartbeatReport:
    """A phone's own words; None for what it does not know."""

    unsent: int
    version: int | None = None
    listed_at: datetime | None = None
    camera: bool | None = None
    tested_at: datetime | None = None
    offset_ms: int | None = None


@dataclass(frozen=True, slots=True)
class HeartbeatAnswer:
    """How things stand for a phone."""

    stamp: str
    version: int
    gate: str
    rights: list[str]
    names: bool
    names_until: str | None
    crowd: Crowd | None


def pulse(device: PairedDevice, report: HeartbeatReport, now: datetime) -> HeartbeatAnswer:
    """Note what the phone says, and answer how things stand. Three statements."""
    until = _note(device.id, report, now)
    version, ends = _list(device.event_id)
    # The event may have been moved since the names were unlocked.
    until = min(until, ends) if until else None
    unlocked = until is not None and until > now and "search" in device.rights
    return HeartbeatAnswer(
        stamp=stamp(now),
        version=version,
        gate=device.gate,
        rights=sorted(device.rights),
        names=unlocked,
        names_until=rfc3339(until) if unlocked and until else None,
        crowd=crowd(device.event_id),
    )


def _note(device_id: int, report: HeartbeatReport, now: datetime) -> datetime | None:
    """Keep what was told; what was not told now stands as it was."""
    values = {
        "list_version": report.version,
        "listed_at": report.listed_at,
        "camera": report.camera,
        "tested_at": report.tested_at,
        "offset_ms": report.offset_ms,
    }
    known = {name: value for name, value in values.items() if value is not None}
    until: datetime | None = db.session.scalar(
        update(Device)
        .where(Device.id == device_id)
        .values(seen_at=now, unsent=report.unsent, **known)
        .returning(Device.unlocked_until)
        .execution_options(synchronize_session=False)
    )
    return until


def _list(event_id: int) -> tuple[int, datetime]:
    """The version of the event's list, and when the event ends."""
    version, ends = db.session.execute(
        select(Workshop.list_version, Event.ends_at)
        .select_from(Event)
        .outerjoin(Workshop, Workshop.event_id == Event.id)
        .where(Event.id == event_id)
    ).one()
    return version or 0, ends
