"""A restaurant's application, its own stall, and the festival's site plan for everybody."""

from __future__ import annotations

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules import states
from app.applications.rules.answers import needs_from
from app.applications.services import writing
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.language_choice import switching
from app.core.limits import limit
from app.core.pages import render
from app.core.texts import _
from app.events import queries as events
from app.organisations.queries import actor_of
from app.vendors.drawing import draw
from app.vendors.forms.applying import STEPS
from app.vendors.queries.plan import plan_of, public_plan
from app.vendors.rules.geometry import Direction
from app.vendors.services import ending

pages = Blueprint("vendors", __name__)
ROLE = states.Role.FOOD_STALL
FORM = "/events/<slug>/apply/food"


@pages.get(FORM)
@open_to(SIGNED_IN)
def apply(slug: str) -> Response:
    """Who applies; one who has begun goes on where they left."""
    event = events.public_event(slug)
    starts = asking.starts(identity().email, event.id, ROLE)
    if not starts:
        who = url_for("organisations.who", kind="restaurant", next=request.path)
        return redirect(who, 303)
    begun = starts[0].application
    if len(starts) == 1 and begun is not None:
        return redirect(_place_in(begun, slug), 303)
    return render(event=event, starts=starts)


@pages.post(FORM)
@open_to(SIGNED_IN)
@limit("30 per hour")
def begin(slug: str) -> Response:
    """Begin for one organisation, or go on."""
    event = events.public_event(slug)
    organisation_id = request.form.get("organisation", 0, type=int)
    kept = writing.begin(actor_of(identity()), event.id, organisation_id, ROLE)
    return redirect(_place_in(kept, slug), 303)


@pages.get(f"{FORM}/<int:application_id>/<key>")
@open_to(SIGNED_IN)
def step(slug: str, application_id: int, key: str) -> Response:
    """One step of the form, as it was left."""
    kept = _own(slug, application_id)
    view = STEPS.view(key, kept.written, check="check" in request.args)
    return render(application=kept, **view)


@pages.post(f"{FORM}/<int:application_id>/<key>")
@open_to(SIGNED_IN)
def save(slug: str, application_id: int, key: str) -> Response:
    """Keep the step, valid or not, and go on when it is valid."""
    _own(slug, application_id)
    typed = STEPS.typed(key, request.form)
    kept = writing.save_draft(actor_of(identity()), application_id, typed)
    onward = key if switching() else STEPS.onward(key, kept.written)
    check = 1 if onward == key and not switching() else None
    to = url_for(".step", slug=slug, application_id=application_id, key=onward, check=check)
    return redirect(to, 303)


@pages.post(f"{FORM}/<int:application_id>/<key>/autosave")
@open_to(SIGNED_IN)
def autosave(slug: str, application_id: int, key: str) -> Response:
    """Keep one field while the page is open."""
    _own(slug, application_id)
    typed = STEPS.typed(key, request.form)
    writing.save_draft(actor_of(identity()), application_id, typed)
    return jsonify(saved=True)


@pages.get(f"{FORM}/<int:application_id>/check")
@open_to(SIGNED_IN)
def check(slug: str, application_id: int) -> Response:
    """All answers on one page before they are sent in."""
    kept = _own(slug, application_id)
    return render(application=kept, answers=STEPS.answers(kept.written))


@pages.post(f"{FORM}/<int:application_id>/check")
@open_to(SIGNED_IN)
def submit(slug: str, application_id: int) -> Response:
    """Send in, or show what is missing."""
    kept = _own(slug, application_id)
    details = STEPS.checked(kept.written)
    if details is None:
        answers, page = STEPS.answers(kept.written), "vendors/check.html"
        return render(status=422, template=page, application=kept, answers=answers)
    ending.submit(actor_of(identity()), application_id, details, needs_from(details))
    flash(_("Sent in. We have written to you by mail."), "success")
    return redirect(url_for("applications.status", application_id=application_id), 303)


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


def _own(slug: str, application_id: int) -> Application:
    return asking.application_for(actor_of(identity()), application_id, ROLE, slug)


def _place_in(kept: Application, slug: str) -> str:
    if kept.state != states.State.DRAFT:
        return url_for("applications.status", application_id=kept.id)
    key = STEPS.resume(kept.written)
    return url_for(".step", slug=slug, application_id=kept.id, key=key)
