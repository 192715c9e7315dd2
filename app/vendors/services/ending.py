"""An applicant's verbs that touch a stall: the stall's part here, the application's below."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules.answers import Needs
from app.applications.services import deciding, telling, writing
from app.organisations.rules import Actor
from app.vendors.queries.holdings import live_of
from app.vendors.services.adjusting import adjust_all
from app.vendors.services.locking import lock
from app.vendors.services.reserving import end


def withdraw(actor: Actor, application_id: int) -> Application:
    """The applicant steps back: the stalls are free again, and the place goes on."""
    asking.application_for(actor, application_id)
    give_up(application_id)
    return telling.withdraw(actor, application_id)


def cancel(application_id: int, reason: str) -> Application:
    """The team ends the application and frees its stalls."""
    give_up(application_id)
    return deciding.cancel(application_id, reason)


def lapse(application_id: int, now: datetime) -> bool:
    """Not confirmed in time: stall and place go on together; whether it was so."""
    if not telling.lapse(application_id, now):
        return False
    give_up(application_id)
    return True


def submit(
    actor: Actor, application_id: int, details: Mapping[str, object], needs: Needs
) -> Application:
    """Send in, and weigh the load plan again if the application has stalls already.

    What fits is reserved at once. What does not leaves the old reservation as it is: the plan
    then shows that more is asked for than is reserved, and the team decides.
    """
    sent = writing.submit(actor, application_id, details, needs)
    adjust_all(application_id)
    return sent


def give_up_all(application_ids: Iterable[int]) -> list[int]:
    """End the stalls of these applications, which their caller holds; the holdings ended."""
    ended = [holding for number in application_ids for holding in live_of(number)]
    for holding in ended:
        end(holding, "called_off")
    return [holding.id for holding in ended]


def give_up(application_id: int) -> int:
    """End all stalls of an application; how many it had."""
    lock(Application, [application_id])
    holdings = live_of(application_id)
    for holding in holdings:
        end(holding, "given_up")
    return len(holdings)
