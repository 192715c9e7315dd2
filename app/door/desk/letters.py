"""A letter to many of those who have not come: whom it is for."""

from __future__ import annotations

from flask import redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, identity, open_to
from app.core.pages import render
from app.door.desk.blueprint import asked_number, pages
from app.door.forms.desk_forms import MissingForm
from app.door.queries import lead
from app.events import queries as events
from app.events.models import Event
from app.mailings import services as mailings
from app.mailings.forms import RecipientsForm
from app.mailings.rules.states import About


@pages.get("/<slug>/missing/write")
@open_to(StaffRole.ORGANISER)
def write(slug: str) -> Response:
    """Choose who of those who have not come gets a letter."""
    event = events.event_by_slug(slug)
    return _page(event, RecipientsForm.of(_lines(event), request.args.get("tick") != "none"))


@pages.post("/<slug>/missing/write")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def begin_letter(slug: str) -> Response:
    """Go on to the words with those who are ticked."""
    event = events.event_by_slug(slug)
    form = RecipientsForm.of(_lines(event))
    if not form.accepted():
        return _page(event, form, 422)
    made = mailings.begin(
        event.id, About.ENROLMENT, form.chosen.data or [], identity().staff_id or 0
    )
    return redirect(url_for("mailings_desk.words", mailing_id=made.id), 303)


def _lines(event: Event) -> list[tuple[int, str]]:
    asked = MissingForm(request.args)
    search = asked.search.data or "" if asked.validate() else ""
    return lead.missing_to_write(event.id, asked_number("sitting", 0) or None, search)


def _page(event: Event, form: RecipientsForm, status: int = 200) -> Response:
    page = "door/desk/write.html"
    return render(status, page, event=event, form=form, query=request.args)
