"""The accepted choose their own stall from what fits, at most so many each, until the team says."""

from __future__ import annotations

from datetime import datetime

from app.applications.models import Application
from app.applications.queries import asking
from app.core import audit
from app.core.database import db
from app.core.refusals import NotFound
from app.organisations.rules import Actor
from app.vendors.models import Holding, StallChoosing
from app.vendors.queries import choosing, holdings
from app.vendors.queries.candidates import choices
from app.vendors.queries.plan import need_of, plan_of
from app.vendors.refusals import ChoosingClosed, DoesNotFit, EnoughChosen
from app.vendors.rules.audited import SitePlanVerb
from app.vendors.services import giving, reserving
from app.vendors.services.locking import lock


def open_choosing(event_id: int, most: int, closes_at: datetime) -> StallChoosing:
    """From now on the accepted choose for themselves; or another number, or another end."""
    row = choosing.choosing_of(event_id) or StallChoosing(event_id=event_id)
    row.most, row.closes_at = most, closes_at
    db.session.add(row)
    audit.record("event", event_id, SitePlanVerb.CHOOSING_OPENED, most=most)
    db.session.flush()
    return row


def close_choosing(event_id: int) -> None:
    """The team places whoever has no stall; what was chosen stands."""
    row = choosing.choosing_of(event_id)
    if row is not None:
        db.session.delete(row)
        audit.record("event", event_id, SitePlanVerb.CHOOSING_CLOSED)


def choose(actor: Actor, application_id: int, stall_id: int) -> Holding:
    """Take a free stall that suits; whoever comes second, or has enough, is refused."""
    application = _chooser(actor, application_id)
    offered = choosing.open_for(application)
    if offered is None:
        raise ChoosingClosed
    held = len(holdings.live_of(application_id))
    if held >= offered.most:
        raise EnoughChosen(count=held)
    _refuse_unfit(application, stall_id)
    return giving.give(application.event_id, stall_id, application_id)


def give_back(actor: Actor, application_id: int, holding_id: int) -> None:
    """Free a stall again, as long as one can choose another."""
    application = _chooser(actor, application_id)
    if choosing.open_for(application) is None:
        raise ChoosingClosed
    if holdings.seat(holding_id).application_id != application_id:
        raise NotFound
    reserving.release(holding_id, "given_back")


def _chooser(actor: Actor, application_id: int) -> Application:
    """The applicant's own application, locked: two choices of one applicant come one by one."""
    asking.application_for(actor, application_id)
    return lock(Application, [application_id])[application_id]


def _refuse_unfit(application: Application, stall_id: int) -> None:
    """What is only advice to the team holds here: a front too narrow, gas, the wheelchair. The
    limits are weighed under their locks."""
    site = plan_of(application.event_id)
    stall = site.stall(stall_id)
    if stall is None:
        raise NotFound
    against = {one.stall.id: one.against for one in choices(site, need_of(application))}
    if against.get(stall_id):
        raise DoesNotFit(stall=stall.code, why=" ".join(against[stall_id]))
