"""What the desk does with a whole event: correct it, take it off the pages, delete a draft."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.forms import ActionForm
from app.core.pages import render
from app.core.texts import _
from app.events import queries as events
from app.events.forms import EventForm
from app.events.models import Event
from app.events.rules import EventKind
from app.lifecycle import queries
from app.lifecycle.forms.desk_forms import CopyForm
from app.lifecycle.services import copying, correcting, ending

pages = Blueprint("lifecycle_desk", __name__, url_prefix="/desk/events")


@pages.get("/<slug>/edit")
@open_to(StaffRole.ORGANISER)
def edit(slug: str) -> Response:
    """The event as a form."""
    event = events.event_by_slug(slug)
    return render(event=event, form=_form(event))


@pages.post("/<slug>/edit")
@open_to(StaffRole.ORGANISER)
def correct(slug: str) -> Response:
    """Take the corrections over."""
    event = events.event_by_slug(slug)
    form = _form(event)
    if not form.accepted():
        return render(422, "lifecycle/desk/edit.html", event=event, form=form)
    kind = EventKind(form.kind.data) if "kind" in form else event.kind
    correcting.correct(event, form.facts(), form.sign_up(kind))
    flash(_("The event is corrected."), "success")
    return redirect(url_for("events_desk.show", slug=event.slug), 303)


@pages.get("/<slug>/copy")
@open_to(StaffRole.ORGANISER)
def copy(slug: str) -> Response:
    """Ask for the day of the copy."""
    event = events.event_by_slug(slug)
    return render(event=event, form=CopyForm(slug=events.free_slug(slug)))


@pages.post("/<slug>/copy")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def make_copy(slug: str) -> Response:
    """Make the copy and go on to its words."""
    event, form = events.event_by_slug(slug), CopyForm()
    if not form.accepted():
        return render(422, "lifecycle/desk/copy.html", event=event, form=form)
    made = copying.copy(event.id, form.slug.data or "", form.moment())
    flash(_("The copy is a draft. Correct what is different, then publish it."), "success")
    return redirect(url_for("lifecycle_desk.edit", slug=made.slug), 303)


@pages.post("/<slug>/unpublish")
@open_to(StaffRole.ORGANISER)
def unpublish(slug: str) -> Response:
    """Nobody outside sees it any more."""
    ending.unpublish(events.event_by_slug(slug))
    flash(_("The event is a draft again. Nobody outside sees it."), "success")
    return redirect(url_for("events_desk.show", slug=slug), 303)


@pages.get("/<slug>/delete")
@open_to(StaffRole.ORGANISER)
def ask_delete(slug: str) -> Response:
    """Whether the draft shall be deleted."""
    return render(
        template="lifecycle/desk/delete.html", event=events.event_by_slug(slug), form=ActionForm()
    )


@pages.post("/<slug>/delete")
@open_to(StaffRole.ORGANISER)
def delete(slug: str) -> Response:
    """The draft is gone."""
    ending.delete_draft(events.event_by_slug(slug))
    flash(_("The draft is deleted. Its address is free again."), "success")
    return redirect(url_for("events_desk.index"), 303)


def _form(event: Event) -> EventForm:
    windows = events.windows(event.id)
    window = next(iter(windows.values()), None)
    return EventForm.of(event, window, kind_stays=queries.has_parts(event.id))
