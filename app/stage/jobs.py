"""What happens to slots when an application ended elsewhere."""

from __future__ import annotations

from datetime import datetime

from app.core.unit_of_work import unit_of_work
from app.stage.queries import slots
from app.stage.services import ending


def free_slots(_now: datetime) -> int:
    """End the times of acts that have no place any more."""
    done = 0
    for event_id in slots.stale_events():
        with unit_of_work():
            done += ending.free_slots(event_id)
    return done
