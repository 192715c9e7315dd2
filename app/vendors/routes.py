"""An applicant's own stall, and the festival's site plan for everybody."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from app.applications.queries import asking
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.pages import render
from app.events import queries as events
from app.organisations.queries import actor_of
from app.vendors.drawing import draw
from app.vendors.queries.plan import plan_of, public_plan
from app.vendors.rules.geometry import Direction
from app.vendors.services import ending

pages = Blueprint("vendors", __name__)


@pages.get("/events/<slug>/plan")
@open_to(PUBLIC)
def plan(slug: str) -> Response:
    """Where the stalls stand, for visitors: numbers and names, nothing about power."""
    event = events.public_event(slug)
    site = public_plan(plan_of(event.id))
    return render(event=event, site=site, drawings=[draw(site, one) for one in Direction])


@pages.get("/my/applications/<int:application_id>/stall")
@open_to(SIGNED_IN)
def stall(application_id: int) -> Response:
    """The applicant's own stall, what it has, and whom to call."""
    kept = asking.application_for(actor_of(identity()), application_id)
    whole = plan_of(kept.event_id)
    own, site = whole.of(kept.id), public_plan(whole)
    drawings = [draw(site, direction) for direction in Direction]
    return render(application=kept, event=kept.event, site=site, own=own, drawings=drawings)


@pages.post("/my/applications/<int:application_id>/give-up-stall")
@open_to(SIGNED_IN)
def withdraw(application_id: int) -> Response:
    """Withdraw: the stall is free for another, and the applicant hears that it is done."""
    ending.withdraw(actor_of(identity()), application_id)
    return redirect(url_for("applications.status", application_id=application_id), 303)
