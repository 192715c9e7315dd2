"""Enrolling several colleagues at once."""

from __future__ import annotations

from flask import Blueprint, redirect, session, url_for
from werkzeug.wrappers import Response

from app.colleagues import services
from app.colleagues.forms import ColleaguesForm
from app.core import sent_forms
from app.core.access import PUBLIC, open_to
from app.core.folding import fold_email
from app.core.limits import count_try, limit
from app.core.pages import render
from app.core.texts import language
from app.events import queries as event_queries
from app.workshops.queries import places
from app.workshops.queries.places import OpenWorkshop
from app.workshops.rules.places import EMAIL_LIMIT

pages = Blueprint("colleagues", __name__)


@pages.get("/events/<slug>/enrol/colleagues")
@open_to(PUBLIC)
def colleagues(slug: str) -> Response:
    """Ask who the several are."""
    return _colleagues_page(places.open_workshop(slug), ColleaguesForm())


@pages.post("/events/<slug>/enrol/colleagues")
@open_to(PUBLIC)
@limit("20 per hour")
@sent_forms.once
def enrol_colleagues(slug: str) -> Response:
    """Enrol them all; nothing is told of who was enrolled already."""
    form = ColleaguesForm()
    if not form.accepted():
        return _colleagues_page(places.open_workshop(slug), form, 422)
    people = form.colleagues()
    for person in people:
        count_try("enrolment-mail", fold_email(person.mail), EMAIL_LIMIT)
    organisation = form.organisation.data or ""
    outcomes = services.enrol_colleagues(slug, people, organisation, language(), remind=True)
    session["colleagues"] = len(outcomes)
    return redirect(url_for("colleagues.colleagues_enrolled", slug=slug), 303)


@pages.get("/events/<slug>/enrol/colleagues/sent")
@open_to(PUBLIC)
def colleagues_enrolled(slug: str) -> Response:
    """Say that each has a letter."""
    return render(event=event_queries.public_event(slug), number=session.get("colleagues", 0))


def _colleagues_page(opened: OpenWorkshop, form: ColleaguesForm, status: int = 200) -> Response:
    return render(
        status=status,
        template="colleagues/colleagues.html",
        event=opened.event,
        free=opened.workshop.free,
        phase=places.phase(opened),
        window=opened.window,
        form=form,
    )
