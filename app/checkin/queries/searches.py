"""What phones searched by name, counted by phone and ten minutes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import ScalarSelect, func, select

from app.checkin.models import NameSearches
from app.core.database import db
from app.devices.models import Device

SHOWN = 200


@dataclass(frozen=True, slots=True)
class PhoneSearches:
    """What one phone searched within ten minutes."""

    device_id: int
    gate: str
    begins: int
    searches: int
    short: int
    refused: int

    @property
    def begins_at(self) -> datetime:
        """When the ten minutes began."""
        return datetime.fromtimestamp(self.begins, UTC)


def searches_of(event_id: int) -> Sequence[PhoneSearches]:
    """What the phones of an event searched, the latest first."""
    statement = (
        select(
            Device.id,
            Device.gate,
            NameSearches.begins,
            NameSearches.searches,
            NameSearches.short,
            NameSearches.refused,
        )
        .join(Device, Device.id == NameSearches.device_id)
        .where(Device.event_id == event_id)
        .order_by(NameSearches.begins.desc(), Device.gate, Device.id)
        .limit(SHOWN)
    )
    return [PhoneSearches(*row) for row in db.session.execute(statement)]


def how_many_searches(event_id: Any, column: Any) -> ScalarSelect[int]:
    """The sum of a column over the phones of an event, as a part of a larger statement."""
    return (
        select(func.coalesce(func.sum(column), 0))
        .select_from(NameSearches)
        .join(Device, Device.id == NameSearches.device_id)
        .where(Device.event_id == event_id)
        .scalar_subquery()
    )
