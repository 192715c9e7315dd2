"""What one can ask to be at an event, and who asks."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.queries import asking
from app.applications.role_pages import all_roles, pages_of
from app.applications.routes.blueprint import FORM, onward, pages
from app.applications.rules.states import Role
from app.applications.services import writing
from app.core import clock, sent_forms
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.limits import limit
from app.core.pages import render
from app.events import queries as events
from app.organisations.queries import actor_of


@pages.get("/events/<slug>/apply")
@open_to(PUBLIC)
def apply(slug: str) -> Response:
    """What one can ask to be at this event, and until when."""
    event = events.public_event(slug)
    window = asking.window_of(event)
    return render(
        event=event,
        window=window,
        phase=events.phase(window, clock.now()),
        roles=all_roles(),
        names=wording.ROLES,
    )


@pages.get(FORM)
@open_to(SIGNED_IN)
def start(slug: str, role: Role) -> Response:
    """Who applies; one who has begun goes on where they left."""
    event, own = events.public_event(slug), pages_of(role)
    starts = asking.starts(identity().email, event.id, role)
    if not starts:
        who = url_for("organisations.who", kind=own.founds, next=request.path)
        return redirect(who, 303)
    begun = starts[0].application
    if len(starts) == 1 and begun is not None:
        return redirect(onward(begun), 303)
    return render(event=event, starts=starts, own=own)


@pages.post(FORM)
@open_to(SIGNED_IN)
@limit("30 per hour")
@sent_forms.once
def begin(slug: str, role: Role) -> Response:
    """Begin for one organisation, or go on."""
    event = events.public_event(slug)
    organisation_id = request.form.get("organisation", 0, type=int)
    begun = writing.begin(actor_of(identity()), event.id, organisation_id, role)
    return redirect(onward(begun), 303)
