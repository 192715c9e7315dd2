"""An applicant's verbs that touch a stall: the stall's part here, the application's below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from app.applications import queries as applications
from app.applications import services as below
from app.applications.models import Application
from app.applications.rules import Needs
from app.core.refusals import Refusal
from app.organisations.rules import Actor
from app.vendors import queries
from app.vendors.services.locking import lock
from app.vendors.services.placing import adjust, end


def withdraw(actor: Actor, application_id: int) -> Application:
    """The applicant steps back: the stalls are free again, and the place goes on."""
    applications.application_for(actor, application_id)
    give_up(application_id)
    return below.withdraw(actor, application_id)


def cancel(application_id: int, reason: str) -> Application:
    """The team ends the application and frees its stalls."""
    give_up(application_id)
    return below.cancel(application_id, reason)


def lapse(application_id: int, now: datetime) -> bool:
    """Not confirmed in time: stall and place go on together; whether it was so."""
    if not below.lapse(application_id, now):
        return False
    give_up(application_id)
    return True


def submit(
    actor: Actor, application_id: int, details: Mapping[str, Any], needs: Needs
) -> Application:
    """Send in, and weigh the load plan again if the application has stalls already.

    What fits is reserved at once. What does not leaves the old reservation as it is: the plan
    then shows that more is asked for than is reserved, and the team decides.
    """
    sent = below.submit(actor, application_id, details, needs)
    for holding in queries.live_of(application_id):
        try:
            adjust(holding.id)
        except Refusal:
            continue
    return sent


def give_up(application_id: int) -> int:
    """End all stalls of an application; how many it had."""
    lock(Application, [application_id])
    holdings = queries.live_of(application_id)
    for holding in holdings:
        end(holding, "given_up")
    return len(holdings)
