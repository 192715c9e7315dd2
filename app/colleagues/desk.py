"""Enrolling several named people from the desk."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.colleagues import services
from app.colleagues.forms import ColleaguesForm
from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.texts import _, language
from app.events import queries as event_queries
from app.workshops.queries import places

pages = Blueprint("colleagues_desk", __name__, url_prefix="/desk/workshops")


@pages.get("/<slug>/colleagues")
@open_to(StaffRole.ORGANISER)
def colleagues(slug: str) -> Response:
    """Ask who they are."""
    event = event_queries.event_by_slug(slug)
    return render(event=event, workshop=places.workshop(event.id), form=ColleaguesForm())


@pages.post("/<slug>/colleagues")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def enrol_colleagues(slug: str) -> Response:
    """Enrol them, and say how many got a place."""
    event, form = event_queries.event_by_slug(slug), ColleaguesForm()
    if not form.accepted():
        return render(
            status=422,
            template="colleagues/desk/colleagues.html",
            event=event,
            workshop=places.workshop(event.id),
            form=form,
        )
    outcomes = services.enrol_colleagues(
        slug, form.colleagues(), form.organisation.data or "", language()
    )
    became = services.tally(outcomes)
    sentence = _(
        "%(seated)s got a place, %(waiting)s wait in line, %(before)s were enrolled already.",
        **vars(became),
    )
    flash(sentence, "success")
    return redirect(url_for("workshops_desk.roster", slug=slug, sort="joined"), 303)
