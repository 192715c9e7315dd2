"""How many are expected, have come, and are inside, worked out from the rows."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import bindparam, select

from app.checkin.queries.board import board
from app.core.database import db
from app.core.prepared import Prepared
from app.devices.models import Device


@dataclass(frozen=True, slots=True)
class Counts:
    """People, so that a group of which n came counts n; conflicts are pairs of scans.

    Who is expected has come or has a place: what has come and what has not add up to it.
    """

    expected: int
    arrived: int
    inside: int
    conflicts: int
    by_gate: dict[str, int]


def counts(event_id: int) -> Counts:
    """The figures of an event's door."""
    figures = board(event_id)
    return Counts(
        expected=figures.expected,
        arrived=sum(figures.arrived.values()),
        inside=figures.inside,
        conflicts=figures.conflicts,
        by_gate=dict.fromkeys(_gates(event_id), 0) | dict(sorted(figures.arrived.items())),
    )


_GATES = Prepared(
    lambda _dialect: select(Device.gate).where(Device.event_id == bindparam("event_id")).distinct()
)


def _gates(event_id: int) -> list[str]:
    return sorted(row.gate for row in _GATES.rows(db.session.connection(), event_id=event_id))
