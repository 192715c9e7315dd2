"""What happens to stalls when time passes, or when an application ended elsewhere."""

from __future__ import annotations

from datetime import datetime

from app.applications.queries import asking
from app.applications.rules.states import STALL_ROLES
from app.core.refusals import Refusal
from app.core.unit_of_work import unit_of_work
from app.vendors.queries import holdings
from app.vendors.services import ending, reserving


def lapse_unconfirmed(now: datetime) -> int:
    """Accepted stallholders who did not confirm in time lose place and stall together."""
    done = 0
    for application_id in asking.unconfirmed(now, STALL_ROLES):
        with unit_of_work():
            done += ending.lapse(application_id, now)
    return done


def free_stalls(now: datetime) -> int:
    """End holds that have run out, and holdings whose application has no place any more."""
    done = 0
    for event_id in holdings.stale_events(now):
        with unit_of_work():
            done += reserving.end_stale(event_id)
    return done


def confirm_holdings(_now: datetime) -> int:
    """A stall is confirmed with the application that holds it."""
    done = 0
    for holding_id in holdings.to_confirm():
        with unit_of_work():
            done += _confirmed(holding_id)
    return done


def _confirmed(holding_id: int) -> int:
    try:
        reserving.confirm(holding_id)
    except Refusal:
        return 0
    return 1
