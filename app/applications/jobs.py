"""What happens to applications when time passes."""

from __future__ import annotations

from datetime import datetime

from app.applications.queries import asking
from app.applications.rules.states import STALL_ROLES, Role
from app.applications.services import offering, telling
from app.core.unit_of_work import unit_of_work


def lapse_unconfirmed(now: datetime) -> int:
    """End accepted places that nobody confirmed in time, where nothing above depends on them.

    The stall roles lapse in `vendors.jobs`, which ends their holdings first.
    """
    free = set(Role) - STALL_ROLES
    done = 0
    for application_id in asking.unconfirmed(now, free):
        with unit_of_work():
            done += telling.lapse(application_id, now)
    return done


def drop_old_links(now: datetime) -> int:
    """Forget the links of offers that were answered long ago."""
    with unit_of_work():
        return offering.drop_old_links(now)
