"""Tickets whose short code no phone can look up yet."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Row, select

from app.core.database import db
from app.devices.models import Device
from app.events.models import Event
from app.tickets.models import Ticket

AHEAD = timedelta(days=7)


def unhashed(now: datetime, most: int) -> Sequence[Row[*tuple[Any, ...]]]:
    """Some tickets of the next event that has phones: number, event, short code."""
    event_id = db.session.scalar(
        select(Event.id)
        .where(
            Event.ends_at > now,
            Event.starts_at < now + AHEAD,
            _exists(Device.event_id, Device.revoked_at.is_(None)),
            _exists(Ticket.event_id, Ticket.short_hash.is_(None)),
        )
        .order_by(Event.starts_at, Event.id)
        .limit(1)
    )
    statement = (
        select(Ticket.id, Ticket.event_id, Ticket.short_code)
        .where(Ticket.event_id == event_id, Ticket.short_hash.is_(None))
        .limit(most)
    )
    return [] if event_id is None else db.session.execute(statement).all()


def _exists(event_id: Any, condition: Any) -> Any:
    return select(event_id).where(event_id == Event.id, condition).exists()
