"""The team's own verbs on the plan: what is given or moved there is told to the applicant."""

from __future__ import annotations

from app.applications.queries import asking
from app.vendors import emails
from app.vendors.models import Holding
from app.vendors.queries import holdings
from app.vendors.services.reserving import move, reserve_stall, swap


def give(event_id: int, stall_id: int, application_id: int, amp: int | None = None) -> Holding:
    """Hold the stall and write to the applicant."""
    holding = reserve_stall(event_id, stall_id, application_id, amp=amp)
    _tell(application_id)
    return holding


def relocate(holding_id: int, stall_id: int) -> None:
    """Move to the stall if a part of it is free, else swap with whoever stands there."""
    holders = holdings.live_at(stall_id)
    if holdings.has_free_part(stall_id) or not holders:
        _tell(move(holding_id, stall_id).application_id)
    else:
        for holding in swap(holding_id, holders[0].id):
            _tell(holding.application_id)


def _tell(application_id: int) -> None:
    emails.tell_stall(asking.application(application_id))
