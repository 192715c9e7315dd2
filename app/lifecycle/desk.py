"""What the desk does with a whole event: correct it, take it off the pages, delete a draft."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import clock, sent_forms
from app.core.access import StaffRole, open_to
from app.core.forms import ActionForm
from app.core.pages import render
from app.core.texts import _, _n
from app.events import queries as events
from app.events.forms import EventForm
from app.events.models import Event, Window
from app.events.rules import EventKind
from app.lifecycle import queries
from app.lifecycle.forms.desk_forms import CallOffForm, CopyForm, MoveForm
from app.lifecycle.services import copying, correcting, ending, telling

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
    event = correcting.event_to_correct(slug)
    form = _form(event)
    if not form.may_replace(lambda: (event, _window(event))):
        return render(form.status_code, "lifecycle/desk/edit.html", event=event, form=form)
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


@pages.get("/<slug>/move")
@open_to(StaffRole.ORGANISER)
def move(slug: str) -> Response:
    """Ask for the new time and place."""
    event = events.event_by_slug(slug)
    return _move_page(event, MoveForm.over(event, None), CallOffForm())


@pages.post("/<slug>/move")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def send_move(slug: str) -> Response:
    """Move the event and write to all."""
    event, form = events.event_by_slug(slug), MoveForm()
    unseen = not form.may_replace(lambda: correcting.event_to_correct(slug))
    if unseen or not form.carried_out(lambda: _move(event.id, form), at="past"):
        return _move_page(event, form, CallOffForm(None))
    return redirect(url_for("events_desk.show", slug=slug), 303)


@pages.post("/<slug>/call-off")
@open_to(StaffRole.ORGANISER)
def call_off(slug: str) -> Response:
    """Cancel the event and write to all; once it has begun that is asked about."""
    event, off = events.event_by_slug(slug), CallOffForm()
    if not off.carried_out(lambda: _call_off(event.id, off), at="begun"):
        return _move_page(event, MoveForm.over(event, None), off)
    return redirect(url_for("events_desk.show", slug=slug), 303)


@pages.post("/<slug>/take-back")
@open_to(StaffRole.ORGANISER)
def take_back(slug: str) -> Response:
    """Undo the last move or calling off while its letters wait."""
    telling.take_back(events.event_by_slug(slug).id)
    flash(_("It is taken back. No letter has left."), "success")
    return redirect(url_for("events_desk.show", slug=slug), 303)


def _move_page(event: Event, form: MoveForm, off: CallOffForm) -> Response:
    return render(
        max(form.status_code, off.status_code),
        "lifecycle/desk/move.html",
        event=event,
        form=form,
        off=off,
        begun=clock.now() >= event.starts_at,
        over=clock.now() >= event.ends_at,
    )


def _move(event_id: int, form: MoveForm) -> None:
    place, address = form.place.data or "", form.address.data or ""
    starts, ends = form.moments()
    _told(telling.move(event_id, starts, ends, place, address, sure=form.past.data))


def _call_off(event_id: int, off: CallOffForm) -> None:
    _told(telling.call_off(event_id, off.because.data or "", sure=off.begun.data))


def _told(letters: int) -> None:
    sentence = _n(
        "%(num)s letter leaves in two minutes. Until then you can take it back.",
        "%(num)s letters leave in two minutes. Until then you can take it back.",
        letters,
    )
    flash(sentence if letters else _("Nobody has to be told. It is done."), "success")


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
    return EventForm.of(event, _window(event), kind_stays=queries.has_parts(event.id))


def _window(event: Event) -> Window | None:
    return next(iter(events.windows(event.id).values()), None)
