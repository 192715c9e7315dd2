"""How it goes at the doors, kept up to date, and who has not come yet."""

from __future__ import annotations

from flask import jsonify, request
from werkzeug.wrappers import Response

from app.checkin.queries.quarantine import of_no_event
from app.checkin.queries.searches import searches_of
from app.core import clock
from app.core.access import open_to
from app.core.pages import render
from app.door.desk.blueprint import LEADS, asked_number, pages
from app.door.forms.desk_forms import MissingForm
from app.door.queries import lead
from app.door.queries.overview import session_now, view
from app.events import queries as events

# Seconds between two looks; each costs as many statements, so one a second for each viewer.
EVERY = 5


@pages.get("/")
@open_to(*LEADS)
def index() -> Response:
    """Events with a door, and what machines sent for none of them."""
    return render(machines=of_no_event(), listed=lead.events_with_doors(clock.now()))


@pages.get("/<slug>")
@open_to(*LEADS)
def overview(slug: str) -> Response:
    """Who has come and what needs a look; the page asks for `live` from then on."""
    sessions = events.sessions(events.event_by_slug(slug).id)
    chosen = asked_number("sitting", session_now(sessions, clock.now()))
    now = clock.now()
    return render(
        view=view(slug, chosen, now), sessions=sessions, chosen=chosen, now=now, every=EVERY
    )


@pages.get("/<slug>/live")
@open_to(*LEADS)
def live(slug: str) -> Response:
    """The part of the page that changes: five statements, so it may be asked every five seconds."""
    chosen, now = asked_number("sitting", 0), clock.now()
    part = render(view=view(slug, chosen, now), chosen=chosen, now=now)
    return jsonify(html=part.get_data(as_text=True))


@pages.get("/<slug>/missing")
@open_to(*LEADS)
def missing(slug: str) -> Response:
    """Who has not come yet."""
    event = events.event_by_slug(slug)
    form = MissingForm(request.args)
    search = form.search.data or "" if form.validate() else ""
    chosen, page = asked_number("sitting", 0), max(1, min(asked_number("page", 1), 100_000))
    listing = lead.missing(event.id, chosen or None, search, page)
    return render(event=event, form=form, listing=listing, search=search, chosen=chosen, here=page)


@pages.get("/<slug>/searches")
@open_to(*LEADS)
def searches(slug: str) -> Response:
    """What the phones searched by name."""
    event = events.event_by_slug(slug)
    return render(event=event, rows=searches_of(event.id))
