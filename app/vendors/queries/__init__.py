"""Questions about stalls: who holds what, what is left, and the plan as it is drawn."""

from __future__ import annotations

from app.vendors.queries.holdings import (
    Seat,
    draws_on,
    holder_name,
    hoses_on,
    live_at,
    live_holding,
    live_of,
    seat,
    share_to_give,
    stale,
    stale_events,
    stall_by_code,
    supply_of,
    to_confirm,
)
from app.vendors.queries.plan import need_of, plan_of

__all__ = [
    "Seat",
    "draws_on",
    "holder_name",
    "hoses_on",
    "live_at",
    "live_holding",
    "live_of",
    "need_of",
    "plan_of",
    "seat",
    "share_to_give",
    "stale",
    "stale_events",
    "stall_by_code",
    "supply_of",
    "to_confirm",
]
