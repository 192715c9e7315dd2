"""Questions about stalls: who holds what, what is left, and the plan as it is drawn."""

from __future__ import annotations

from app.vendors.queries.candidates import (
    Candidate,
    Choice,
    candidates,
    choices,
    waiting_for_a_stall,
)
from app.vendors.queries.holdings import (
    Seat,
    codes_of,
    draws_on,
    has_free_part,
    holder_name,
    hoses_on,
    live_at,
    live_holding,
    live_of,
    live_parts,
    parts,
    seat,
    share_to_give,
    stale,
    stale_events,
    stall,
    stall_by_code,
    supply_of,
    to_confirm,
)
from app.vendors.queries.plan import need_of, plan_of, public_plan

__all__ = [
    "Candidate",
    "Choice",
    "Seat",
    "candidates",
    "choices",
    "codes_of",
    "draws_on",
    "has_free_part",
    "holder_name",
    "hoses_on",
    "live_at",
    "live_holding",
    "live_of",
    "live_parts",
    "need_of",
    "parts",
    "plan_of",
    "public_plan",
    "seat",
    "share_to_give",
    "stale",
    "stale_events",
    "stall",
    "stall_by_code",
    "supply_of",
    "to_confirm",
    "waiting_for_a_stall",
]
