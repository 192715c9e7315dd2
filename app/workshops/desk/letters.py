"""A letter to many of a workshop's list: whom it is for."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, identity, open_to
from app.core.pages import render
from app.events import queries as event_queries
from app.events.models import Event
from app.mailings import services as mailings
from app.mailings.forms import RecipientsForm
from app.mailings.rules.states import About
from app.workshops.desk.blueprint import asked_filter, pages
from app.workshops.forms.places import EnrolmentFilterForm
from app.workshops.queries import places, writing
from app.workshops.wording import STATE_NAMES


@pages.get("/<slug>/write")
@open_to(StaffRole.ORGANISER)
def write(slug: str) -> Response:
    """Choose who of the list gets a letter; who gave up the place only where asked for."""
    event = event_queries.event_by_slug(slug)
    return _page(event, RecipientsForm.of(_lines(event), request.args.get("tick") != "none"))


@pages.post("/<slug>/write")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def begin_letter(slug: str) -> Response:
    """Go on to the words with those who are ticked."""
    event = event_queries.event_by_slug(slug)
    form = RecipientsForm.of(_lines(event))
    if not form.accepted():
        return _page(event, form, 422)
    made = mailings.begin(
        event.id, About.ENROLMENT, form.chosen.data or [], identity().staff_id or 0
    )
    return redirect(url_for("mailings_desk.words", mailing_id=made.id), 303)


def _lines(event: Event) -> list[tuple[int, str]]:
    places.workshop(event.id)
    return [
        (number, f"{name} – {STATE_NAMES[state]}")
        for number, name, state in writing.to_write(event.id, asked_filter())
    ]


def _page(event: Event, form: RecipientsForm, status: int = 200) -> Response:
    page, shown = "workshops/desk/write.html", EnrolmentFilterForm(request.args)
    return render(status, page, event=event, form=form, filter=shown, query=request.args)
