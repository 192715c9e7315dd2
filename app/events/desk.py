"""The desk's pages about events: all of them, a new one, publishing and holding."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import audit, clock, sent_forms
from app.core.access import STAFF, StaffRole, open_to
from app.core.forms import ActionForm
from app.core.pages import render
from app.core.pictures import MOST_BYTES
from app.core.security import allow_files
from app.core.texts import _
from app.events import queries, rules
from app.events.forms import EventForm, HeldForm, PictureForm, SittingForm, TopicForm
from app.events.lists import EVENTS
from app.events.rules import EventKind, HeldOffer
from app.events.services import editing, picturing, scheduling
from app.events.services import topics as topic_list
from app.events.services.scheduling import Plan
from app.events.wording import STATE_NAMES
from app.lists.finding import RowsAtHand
from app.lists.showing import shown
from app.people import queries as people

# What a plan does not name of what the form takes.
MORE = ("access", "price", "spoken", "contact_name", "contact_mail", "contact_phone")

pages = Blueprint("events_desk", __name__, url_prefix="/desk/events")


@pages.get("/")
@open_to(*STAFF)
def index() -> Response:
    """Every event, newest first."""
    events = queries.all_events()
    kinds = {str(event.kind): event.kind_name for event in events}
    years = {str(clock.year_of(event.starts_at)): None for event in events}
    choices = {"kind": kinds, "year": {year: year for year in years}}
    listed = shown(EVENTS, RowsAtHand(events), choices=choices)
    return listed.file() if listed.is_file else render(listed=listed)


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
    event = scheduling.create(_plan(form))
    editing.set_sign_up(event, form.sign_up(event.kind))
    flash(_("The event is saved as a draft. Publish it when it is ready."), "success")
    return redirect(url_for("events_desk.show", slug=event.slug), 303)


@pages.get("/<slug>")
@open_to(*STAFF)
def show(slug: str) -> Response:
    """One event with its dates and what was done to it."""
    event = queries.event_by_slug(slug)
    return render(
        event=event,
        topic=queries.topic(event.topic).name if event.topic else "",
        sessions=queries.sessions(event.id),
        windows=queries.windows(event.id),
        offer=rules.held_offer(event.starts_at, event.ends_at, clock.now()),
        take_back_within=rules.TAKE_BACK_WITHIN,
        change=queries.change_to_take_back(event.id),
        entries=(entries := audit.of("event", event.id)),
        names=people.names_of_staff(entry.actor for entry in entries),
        states=STATE_NAMES,
        form=ActionForm(),
    )


@pages.post("/<slug>/publish")
@open_to(StaffRole.ORGANISER)
def publish(slug: str) -> Response:
    """Let the public see it."""
    scheduling.publish(queries.event_by_slug(slug))
    flash(_("The event is published."), "success")
    return redirect(url_for("events_desk.show", slug=slug), 303)


@pages.route("/<slug>/hold", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def mark_held(slug: str) -> Response:
    """Note that it took place; before its end that is asked about."""
    event, form = queries.event_by_slug(slug), HeldForm()
    offer = rules.held_offer(event.starts_at, event.ends_at, clock.now())
    at = "sure" if offer is HeldOffer.ASK else None
    if form.carried_out(lambda: scheduling.mark_held(event, sure=form.sure.data), at=at):
        flash(_("The event is noted as held and counts in the year's figures."), "success")
        return redirect(url_for("events_desk.show", slug=slug), 303)
    return render(form.status_code, event=event, form=form, offer=offer)


@pages.get("/<slug>/picture")
@open_to(StaffRole.ORGANISER)
def picture(slug: str) -> Response:
    """The event's picture and what it shows."""
    event = queries.event_by_slug(slug)
    return render(event=event, form=PictureForm.of(event))


@pages.post("/<slug>/picture")
@open_to(StaffRole.ORGANISER)
@allow_files(MOST_BYTES)
def keep_picture(slug: str) -> Response:
    """Take the picture over, or another text to the one that stands."""
    form = PictureForm()
    form.draw()
    event = queries.event_by_slug(slug)
    form.has_picture = event.picture is not None
    if not form.accepted():
        return render(422, "events/desk/picture.html", event=event, form=form)
    picturing.show(event, form.sizes, form.text.written)
    flash(_("The picture is saved. This is how guests see it."), "success")
    return redirect(url_for("events_desk.show", slug=slug), 303)


@pages.post("/<slug>/picture/remove")
@open_to(StaffRole.ORGANISER)
def remove_picture(slug: str) -> Response:
    """The event shows none."""
    picturing.remove(queries.event_by_slug(slug))
    flash(_("The picture is taken away."), "success")
    return redirect(url_for("events_desk.picture", slug=slug), 303)


@pages.get("/<slug>/sittings")
@open_to(StaffRole.ORGANISER)
def sittings(slug: str) -> Response:
    """The days of a course."""
    event = queries.event_by_slug(slug)
    return render(event=event, sessions=queries.sessions(event.id), form=SittingForm())


@pages.post("/<slug>/sittings")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def add_sitting(slug: str) -> Response:
    """One more day."""
    event, form = queries.event_by_slug(slug), SittingForm()
    if not form.accepted():
        sessions = queries.sessions(event.id)
        template = "events/desk/sittings.html"
        return render(422, template, event=event, sessions=sessions, form=form)
    editing.add_sitting(event, *form.moments())
    flash(_("The sitting is written in."), "success")
    return redirect(url_for("events_desk.sittings", slug=slug), 303)


@pages.post("/<slug>/sittings/<int:session_id>/remove")
@open_to(StaffRole.ORGANISER)
def remove_sitting(slug: str, session_id: int) -> Response:
    """One day less."""
    editing.remove_sitting(queries.event_by_slug(slug), session_id)
    flash(_("The sitting is taken away."), "success")
    return redirect(url_for("events_desk.sittings", slug=slug), 303)


@pages.get("/topics")
@open_to(StaffRole.ORGANISER)
def topics() -> Response:
    """What events can be about."""
    return render(topics=queries.topics(), form=TopicForm())


@pages.post("/topics")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def add_topic() -> Response:
    """One more topic."""
    form = TopicForm()
    if not form.accepted():
        return render(422, "events/desk/topics.html", topics=queries.topics(), form=form)
    topic_list.add(form.name.written)
    flash(_("The topic is on the list."), "success")
    return redirect(url_for("events_desk.topics"), 303)


@pages.route("/topics/<key>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def topic(key: str) -> Response:
    """Another name for a topic."""
    listed = queries.topic(key)
    form = TopicForm.over(listed)
    if not form.may_replace(lambda: topic_list.held_topic(key)):
        return render(form.status_code, topic=listed, form=form)
    topic_list.rename(key, form.name.written)
    flash(_("The topic has its new name."), "success")
    return redirect(url_for("events_desk.topics"), 303)


@pages.post("/topics/<key>/end")
@open_to(StaffRole.ORGANISER)
def end_topic(key: str) -> Response:
    """No longer offered."""
    topic_list.end(key)
    flash(_("The topic is no longer offered. Events that have it keep it."), "success")
    return redirect(url_for("events_desk.topics"), 303)


def _plan(form: EventForm) -> Plan:
    facts = form.facts()
    return Plan(
        slug=form.slug.data or "",
        kind=EventKind(form.kind.data),
        topic=form.topic.data or None,
        title=form.title.written,
        summary=form.summary.written,
        description=form.description.written,
        place=form.place.data or "",
        address=form.address.data or "",
        starts_at=form.moment("starts"),
        ends_at=form.moment("ends"),
        facts={name: facts[name] for name in MORE},
    )
