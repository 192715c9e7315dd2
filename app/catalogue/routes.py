"""Visitors' pages about events."""

from __future__ import annotations

from flask import Blueprint, Response as FlaskResponse, make_response
from werkzeug.wrappers import Response

from app.core.access import PUBLIC, open_to
from app.core.pages import render
from app.events import queries as events

pages = Blueprint("catalogue", __name__)


@pages.get("/")
@open_to(PUBLIC)
def front() -> Response:
    """What is coming."""
    return render(upcoming=events.upcoming())


@pages.get("/events/<slug>")
@open_to(PUBLIC)
def event(slug: str) -> Response:
    """One event."""
    return render(event=events.public_event(slug))


@pages.get("/was")
@open_to(PUBLIC)
def accessibility() -> Response:
    """The accessibility statement."""
    return render()


@pages.get("/privacy")
@open_to(PUBLIC)
def privacy() -> Response:
    """What we keep about people and why."""
    return render()


@pages.get("/events.ics")
@open_to(PUBLIC)
def calendar() -> FlaskResponse:
    """All events as a calendar."""
    return make_response("", 501)
