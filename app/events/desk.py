"""The desk's pages about events: all of them, a new one, publishing and holding."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import audit, clock, sent_forms
from app.core.access import STAFF, StaffRole, open_to
from app.core.forms import ActionForm
from app.core.pages import render
from app.core.texts import _
from app.events import queries, rules, services
from app.events.forms import EventForm, HeldForm
from app.events.rules import EventKind, HeldOffer, Purpose
from app.events.wording import STATE_NAMES
from app.people import queries as people

pages = Blueprint("events_desk", __name__, url_prefix="/desk/events")


@pages.get("/")
@open_to(*STAFF)
def index() -> Response:
    """Every event, newest first."""
    return render(events=queries.all_events(), states=STATE_NAMES)


@pages.get("/new")
@open_to(StaffRole.ORGANISER)
def new() -> Response:
    """An empty form."""
    return render(form=EventForm(kind=EventKind.WORKSHOP))


@pages.post("/new")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def create() -> Response:
    """Make a draft with its window."""
    form = EventForm()
    if not form.accepted():
        return render(status=422, template="events/desk/new.html", form=form)
    event = services.create(_plan(form))
    purpose = Purpose.ENROLMENTS if event.has.enrolments else Purpose.APPLICATIONS
    services.open_window(event, purpose, form.moment("opens"), form.moment("deadline"))
    flash(_("The event is saved as a draft. Publish it when it is ready."), "success")
    return redirect(url_for("events_desk.show", slug=event.slug), 303)


@pages.get("/<slug>")
@open_to(*STAFF)
def show(slug: str) -> Response:
    """One event with its dates and what was done to it."""
    event = queries.event_by_slug(slug)
    return render(
        event=event,
        sessions=queries.sessions(event.id),
        windows=queries.windows(event.id),
        offer=rules.held_offer(event.starts_at, event.ends_at, clock.now()),
        entries=(entries := audit.of("event", event.id)),
        names=people.names_of_staff(entry.actor for entry in entries),
        states=STATE_NAMES,
        form=ActionForm(),
    )


@pages.post("/<slug>/publish")
@open_to(StaffRole.ORGANISER)
def publish(slug: str) -> Response:
    """Let the public see it."""
    services.publish(queries.event_by_slug(slug))
    flash(_("The event is published."), "success")
    return redirect(url_for("events_desk.show", slug=slug), 303)


@pages.route("/<slug>/hold", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def mark_held(slug: str) -> Response:
    """Note that it took place; before its end that is asked about."""
    event, form = queries.event_by_slug(slug), HeldForm()
    offer = rules.held_offer(event.starts_at, event.ends_at, clock.now())
    at = "sure" if offer is HeldOffer.ASK else None
    if form.carried_out(lambda: services.mark_held(event, sure=form.sure.data), at=at):
        flash(_("The event is noted as held and counts in the year's figures."), "success")
        return redirect(url_for("events_desk.show", slug=slug), 303)
    return render(form.status_code, event=event, form=form, offer=offer)


def _plan(form: EventForm) -> services.Plan:
    return services.Plan(
        slug=form.slug.data or "",
        kind=EventKind(form.kind.data),
        topic=form.topic.data or None,
        title=form.title.written,
        summary=form.summary.written,
        place=form.place.data or "",
        address=form.address.data or "",
        starts_at=form.moment("starts"),
        ends_at=form.moment("ends"),
    )
