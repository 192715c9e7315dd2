"""The team's pages about workshops: places, the line, changes that all must hear."""

from __future__ import annotations

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import access_log, clock, sent_forms
from app.core.access import StaffRole, open_to
from app.core.attachments import file_response
from app.core.pages import render
from app.core.texts import _, _n
from app.events import queries as event_queries
from app.events.models import Event
from app.workshops.desk.blueprint import asked_filter, pages
from app.workshops.forms.places import (
    CallOffForm,
    CapacityForm,
    EnrolmentFilterForm,
    MoveForm,
)
from app.workshops.papers import door
from app.workshops.queries import lists
from app.workshops.queries import places as places_queries
from app.workshops.rules.codes import shown_short
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import planning
from app.workshops.wording import STATE_NAMES


@pages.get("/")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER, StaffRole.ANALYST)
def index() -> Response:
    """Every workshop with its places, and events that have none yet."""
    return render(rows=lists.workshops(), bare=lists.events_without_places())


@pages.get("/<slug>")
@open_to(StaffRole.ORGANISER)
def roster(slug: str) -> Response:
    """Who is enrolled; the filter stands in the address."""
    event = event_queries.event_by_slug(slug)
    workshop = places_queries.workshop(event.id)
    chosen = asked_filter()
    listing = lists.roster(event.id, chosen)
    return render(
        event=event,
        workshop=workshop,
        listing=listing,
        last=max(1, -(-(listing.count or 0) // lists.PAGE_SIZE)),
        wanted=chosen,
        counts=lists.state_counts(event.id, EnrolmentState.WAITLISTED, EnrolmentState.CANCELLED),
        states=STATE_NAMES,
        shown_short=shown_short,
        filter=EnrolmentFilterForm(request.args),
        form=CapacityForm(capacity=workshop.capacity),
    )


@pages.get("/<slug>/waiting")
@open_to(StaffRole.ORGANISER)
def waiting(slug: str) -> Response:
    """The line, oldest first, with the reason why each still waits."""
    event = event_queries.event_by_slug(slug)
    line = lists.line(event.id)
    numbered = [(number, row[0], row[1]) for number, row in enumerate(line, start=1)]
    return render(
        event=event,
        workshop=places_queries.workshop(event.id),
        line=line,
        numbered=numbered,
        begun=clock.now() >= event.starts_at,
        over=clock.now() >= event.ends_at,
    )


@pages.post("/<slug>/waiting/move-up")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def move_up(slug: str) -> Response:
    """Give the free places to the next in line, also while the event is on."""
    moved = planning.move_up(event_queries.event_by_slug(slug).id)
    flash(
        _n(
            "%(num)s has got a place and a letter.", "%(num)s have got a place and a letter.", moved
        ),
        "success",
    )
    return redirect(url_for("workshops_desk.waiting", slug=slug), 303)


@pages.get("/<slug>/places")
@open_to(StaffRole.ORGANISER)
def places(slug: str) -> Response:
    """Ask how many places an event shall have."""
    return render(event=event_queries.event_by_slug(slug), form=CapacityForm())


@pages.post("/<slug>/places")
@open_to(StaffRole.ORGANISER)
def open_places(slug: str) -> Response:
    """Give the event its places."""
    event, form = event_queries.event_by_slug(slug), CapacityForm()
    if not form.accepted():
        return render(status=422, template="workshops/desk/places.html", event=event, form=form)
    planning.open_workshop(event, form.capacity.data or 0)
    flash(_("The event has places now."), "success")
    return redirect(url_for("workshops_desk.roster", slug=slug), 303)


@pages.post("/<slug>/capacity")
@open_to(StaffRole.ORGANISER)
def set_capacity(slug: str) -> Response:
    """More or fewer places; too few is refused with how many must leave first."""
    event, form = event_queries.event_by_slug(slug), CapacityForm()
    if not form.accepted():
        return render(status=422, template="workshops/desk/places.html", event=event, form=form)
    planning.set_capacity(event.id, form.capacity.data or 0)
    flash(_("The number of places is changed."), "success")
    return redirect(url_for("workshops_desk.roster", slug=slug), 303)


@pages.get("/<slug>/door-list.pdf")
@open_to(StaffRole.ORGANISER, StaffRole.DOOR)
def door_list(slug: str) -> Response:
    """The door list to print."""
    event = event_queries.event_by_slug(slug)
    places_queries.workshop(event.id)
    access_log.note("printed_door_list", "event", event.id)
    return file_response(door.door_list(event))


@pages.get("/<slug>/move")
@open_to(StaffRole.ORGANISER)
def move(slug: str) -> Response:
    """Ask for the new time and room."""
    event = event_queries.event_by_slug(slug)
    return _move_page(event, MoveForm.of(event), CallOffForm())


@pages.post("/<slug>/move")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def send_move(slug: str) -> Response:
    """Move the event and write to all."""
    event, form = event_queries.event_by_slug(slug), MoveForm()
    if not form.carried_out(lambda: _move(event.id, form), at="past"):
        return _move_page(event, form, CallOffForm())
    return redirect(url_for("workshops_desk.roster", slug=slug), 303)


@pages.post("/<slug>/call-off")
@open_to(StaffRole.ORGANISER)
def call_off(slug: str) -> Response:
    """Cancel the event and write to all; once it has begun that is asked about."""
    event, off = event_queries.event_by_slug(slug), CallOffForm()
    if not off.carried_out(
        lambda: _told(planning.call_off(event.id, sure=off.begun.data)), at="begun"
    ):
        return _move_page(event, MoveForm.of(event), off)
    return redirect(url_for("workshops_desk.roster", slug=slug), 303)


def _move_page(event: Event, form: MoveForm, off: CallOffForm) -> Response:
    return render(
        max(form.status_code, off.status_code),
        "workshops/desk/move.html",
        event=event,
        form=form,
        off=off,
        begun=clock.now() >= event.starts_at,
        over=clock.now() >= event.ends_at,
    )


def _move(event_id: int, form: MoveForm) -> None:
    place, address = form.place.data or "", form.address.data or ""
    starts, ends = form.moments()
    _told(planning.move_event(event_id, starts, ends, place, address, sure=form.past.data))


def _told(letters: int) -> None:
    flash(
        _n("%(num)s letter is on its way.", "%(num)s letters are on their way.", letters), "success"
    )
