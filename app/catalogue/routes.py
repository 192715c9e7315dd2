"""Visitors' pages: what is coming, one event, its catalogue, and what the law asks us to say."""

from __future__ import annotations

from functools import partial
from typing import NoReturn

from flask import Blueprint
from flask import Response as FlaskResponse
from werkzeug.wrappers import Response

from app.catalogue import papers, queries
from app.core.access import PUBLIC, STAFF, identity, open_to
from app.core.attachments import Attachment, file_response
from app.core.kept_pages import render_kept
from app.core.owner import owner
from app.core.pages import render
from app.core.refusals import NotFound, NotYet
from app.core.texts import _l
from app.events import queries as events
from app.events.rules import PUBLIC_STATES, PictureSize
from app.installation import queries as installation

PICTURE_SECONDS = 604_800

pages = Blueprint("catalogue", __name__)


class AtlasComesLater(NotYet):
    """The page has its address but is not built."""

    sentence = _l("The atlas of all associations comes later.")


@pages.get("/")
@open_to(PUBLIC)
def front() -> Response:
    """What is coming."""
    upcoming, past = queries.upcoming(), queries.past()
    season = next((showing for showing in upcoming if showing.in_season), None)
    shown = [showing.page_key for showing in upcoming]
    first = season and season.event.id
    told = [queries.columns_of(event) for event in past]
    key = f"{owner().stamp} {first} {shown} {told}"
    return render_kept(lambda: key, lambda: {"season": season, "upcoming": upcoming, "past": past})


@pages.get("/events/<slug>")
@open_to(PUBLIC)
def event(slug: str) -> Response:
    """One event."""
    read_key, read = partial(queries.key_of_page, slug), partial(_event_page, slug)
    return render_kept(read_key, read, alone=True)


def _event_page(slug: str) -> dict[str, object]:
    showing = queries.showing(slug)
    sessions = queries.sessions(showing.event)
    return {"showing": showing, "event": showing.event, "sessions": sessions}


@pages.get("/events/<slug>/picture/<key>-<any(phone, desk):size>.jpg")
@open_to(PUBLIC)
def picture(slug: str, key: str, size: str) -> FlaskResponse:
    """An event's picture; a draft's is seen by the team alone. Another picture has another key."""
    content, state = events.picture(slug, key, PictureSize(size))
    response = file_response(Attachment(f"{slug}.jpg", "image/jpeg", content))
    if state in PUBLIC_STATES:
        response.headers["Cache-Control"] = f"public, max-age={PICTURE_SECONDS}, immutable"
    elif not identity().has(*STAFF):
        raise NotFound
    return response


@pages.get("/logo/<key>.png")
@open_to(PUBLIC)
def logo(key: str) -> FlaskResponse:
    """The logo of the city or team; another one has another key."""
    response = file_response(Attachment("logo.png", "image/png", installation.logo(key)))
    response.headers["Cache-Control"] = f"public, max-age={PICTURE_SECONDS}, immutable"
    return response


@pages.get("/desk/events/<slug>/preview")
@open_to(*STAFF)
def preview(slug: str) -> Response:
    """A draft as guests will see it."""
    showing = queries.previewed(slug)
    return render(
        template="catalogue/preview.html",
        showing=showing,
        event=showing.event,
        sessions=queries.sessions(showing.event),
    )


@pages.get("/catalogue/<slug>")
@open_to(PUBLIC)
def entries(slug: str) -> Response:
    """Who takes part in an event, with what each lets be shown."""
    event = queries.showing(slug).event
    return render(event=event, groups=queries.entries(event.id))


@pages.get("/atlas")
@open_to(PUBLIC)
def atlas() -> NoReturn:
    """All organisations that agreed, across years: not yet."""
    raise AtlasComesLater


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
    """All that is coming as a calendar to subscribe to."""
    return file_response(papers.calendar(queries.calendar_events(), "torvet.ics", "Torvet"))


@pages.get("/events/<slug>.ics")
@open_to(PUBLIC)
def event_calendar(slug: str) -> FlaskResponse:
    """One event for one's own calendar."""
    event = queries.showing(slug).event
    return file_response(papers.calendar([event], f"{event.slug}.ics"))
