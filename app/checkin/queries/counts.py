"""How many are expected, have come, and are inside: seats, worked out from the rows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select

from app.checkin.models import Device
from app.checkin.queries.board import board
from app.core.database import db


@dataclass(frozen=True, slots=True)
class Counts:
    """Seats, so that a group ticket of n counts n; conflicts are pairs of scans."""

    expected: int
    arrived: int
    inside: int
    conflicts: int
    by_gate: dict[str, int]


def counts(event_id: int) -> Counts:
    """The figures of an event's door."""
    found = board(event_id)
    return Counts(
        expected=found.expected,
        arrived=sum(found.arrived.values()),
        inside=found.inside,
        conflicts=found.conflicts,
        by_gate=dict.fromkeys(_gates(event_id), 0) | dict(sorted(found.arrived.items())),
    )


def _gates(event_id: int) -> list[str]:
    statement = select(Device.gate).where(Device.event_id == event_id).distinct()
    return sorted(db.session.scalars(statement))
