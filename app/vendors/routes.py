"""An applicant's own stall, which they may choose, and the festival's plan for everybody."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from app.applications.queries import asking
from app.core import sent_forms
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.pages import render
from app.events import queries as events
from app.organisations.queries import actor_of
from app.vendors.drawing import draw
from app.vendors.forms.choosing import ChooseStallForm
from app.vendors.queries import choosing as choosing_queries
from app.vendors.queries.candidates import choices
from app.vendors.queries.plan import need_of, plan_of, public_plan
from app.vendors.rules.geometry import Direction
from app.vendors.services import choosing, ending

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
    return render(
        application=kept,
        event=kept.event,
        site=site,
        own=own,
        drawings=[draw(site, direction) for direction in Direction],
        choosing=choosing_queries.open_for(kept),
    )


@pages.route("/my/applications/<int:application_id>/choose-stall", methods=["GET", "POST"])
@open_to(SIGNED_IN)
@sent_forms.once
def choose(application_id: int) -> Response:
    """The applicant takes a free stall that suits what the application asks for."""
    actor = actor_of(identity())
    kept = asking.application_for(actor, application_id)
    site, form = plan_of(kept.event_id), ChooseStallForm()
    form.offer(site, choices(site, need_of(kept)))
    if form.carried_out(
        lambda: choosing.choose(actor, application_id, form.stall.data or 0), at="stall"
    ):
        return redirect(url_for(".stall", application_id=application_id), 303)
    shown, offered = public_plan(site), choosing_queries.open_for(kept)
    drawings = [draw(shown, direction) for direction in Direction]
    return render(
        form.status_code,
        application=kept,
        form=form,
        choosing=offered,
        drawings=drawings,
    )


@pages.post("/my/applications/<int:application_id>/stalls/<int:holding_id>/give-back")
@open_to(SIGNED_IN)
@sent_forms.once
def give_back(application_id: int, holding_id: int) -> Response:
    """A stall that was chosen is free for others again, to choose another one."""
    choosing.give_back(actor_of(identity()), application_id, holding_id)
    return redirect(url_for(".stall", application_id=application_id), 303)


@pages.post("/my/applications/<int:application_id>/give-up-stall")
@open_to(SIGNED_IN)
def withdraw(application_id: int) -> Response:
    """Withdraw: the stall is free for another, and the applicant hears that it is done."""
    ending.withdraw(actor_of(identity()), application_id)
    return redirect(url_for("applications.status", application_id=application_id), 303)
