"""The team's pages about workshops: places, the line, changes that all must hear."""

from __future__ import annotations

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import access_log, clock, sent_forms
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.texts import _, _n
from app.events import queries as event_queries
from app.lists.showing import shown
from app.workshops.desk.blueprint import pages
from app.workshops.forms.places import CapacityForm
from app.workshops.lists import answer_columns, came_text, enrolled, needs_told, rows
from app.workshops.queries import lists
from app.workshops.queries import places as places_queries
from app.workshops.rules.places import EnrolmentState
from app.workshops.services import planning


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
    listed = shown(enrolled(event.id), rows(event.id), more=answer_columns(workshop))
    if listed.is_file:
        access_log.note("saved_list", "event", event.id)
        return listed.file()
    return render(
        event=event,
        workshop=workshop,
        listed=listed,
        counts=lists.state_counts(event.id, EnrolmentState.WAITLISTED, EnrolmentState.CANCELLED),
        came_text=came_text,
        needs_told=needs_told,
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
    """Ask how many places an event shall have, or show who has them."""
    event = event_queries.event_by_slug(slug)
    if places_queries.has_places(event.id):
        return redirect(url_for("workshops_desk.roster", slug=slug), 303)
    return render(event=event, form=CapacityForm())


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
