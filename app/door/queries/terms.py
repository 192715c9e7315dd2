"""The terms of an event's gates as they were set, and which gates there are."""

from __future__ import annotations

from sqlalchemy import select, union

from app.core.database import db
from app.crowd.models import Tally, TallyCorrection
from app.devices.models import Device, DoorRule


def door_rules(event_id: int) -> dict[str, DoorRule]:
    """By gate; the empty gate speaks for all."""
    statement = select(DoorRule).where(DoorRule.event_id == event_id).order_by(DoorRule.gate)
    return {rule.gate: rule for rule in db.session.scalars(statement)}


def gates(event_id: int) -> list[str]:
    """Where phones stand or people were counted."""
    named = union(
        *(
            select(table.gate).where(table.event_id == event_id)
            for table in (Device, Tally, TallyCorrection)
        )
    )
    return sorted(db.session.scalars(named))
