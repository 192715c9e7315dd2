"""A form that is refused is shown again: the page it stood on, what was typed, why not, what next.

The page is asked for anew, as the visitor's browser would, with the refusal beside it. Forms find
what was typed by themselves (`core/forms.py`); the layouts show the sentence and the ways on.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Response, current_app, g, request, session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from app.core import kept_forms
from app.core.access import identified, may_visit
from app.core.addresses import own_path
from app.core.refusals import Refusal
from app.core.texts import _l

# A page says so itself where one of its fields is wrong.
SHOWN = (200, 422)


class NotSentYet(Refusal):
    """Something was written here and kept, for its writer was signed out or went away."""

    status = 200
    sentence = _l("Here is what you wrote. It is not sent yet. Look it over and send it.")


@dataclass(frozen=True)
class Refused:
    """Why the form was refused, the fields that were sent, and those that must be looked at."""

    refusal: Refusal
    typed: MultiDict[str, str]
    fields: list[str] = field(default_factory=list)


def refused() -> Refused | None:
    """What this page is shown again for; None on a page that is simply opened."""
    if "refused" not in g:
        g.refused = _kept_before()
    again: Refused | None = g.refused
    return again


def shown_again(refusal: Refusal) -> Response | None:
    """The page of the refused form under the refusal's status; None where there is none to show.

    None too where the visitor may not open that page, or where it does not work without what was
    refused: then the refusal has a page of its own.
    """
    if request.method != "POST" or refused():
        return None
    g.refused = Refused(refusal, _typed())
    for address in (request.full_path, _came_from()):
        page = _opened(address) if address else None
        if page is not None:
            page.status_code = refusal.status
            return page
    g.refused = None
    return None


def page_of_form() -> str | None:
    """The path of the page on which the form stood that is being sent."""
    return next((page for page in _pages() if _is_page(page)), None)


def keep_for_later() -> str | None:
    """Keep what was sent, to stand on its page after signing in; that page."""
    page = page_of_form()
    if page is not None:
        kept_forms.keep(page, _typed())
    return page


def _kept_before() -> Refused | None:
    if request.method != "GET" or request.endpoint is None:
        return None
    typed = kept_forms.kept(request.path)
    return Refused(NotSentYet(), typed) if typed else None


def _pages() -> Iterator[str]:
    yield request.path
    came_from = _came_from()
    if came_from:
        yield urlsplit(came_from).path


def _is_page(path: str) -> bool:
    try:
        return bool(current_app.url_map.bind("").match(path, "GET"))
    except HTTPException:
        return False


def _typed() -> MultiDict[str, str]:
    try:
        return request.form
    except HTTPException:
        # Too large to be read: that is what it is refused for.
        return MultiDict()


def _came_from() -> str | None:
    """The page that sent the form, where it is one of ours and has another address."""
    parts = urlsplit(request.referrer or "")
    if parts.netloc != request.host:
        return None
    return own_path(f"{parts.path}?{parts.query}" if parts.query else parts.path)


def _opened(address: str) -> Response | None:
    parts = urlsplit(address)
    environ = {
        **{name: value for name, value in request.environ.items() if "werkzeug" not in name},
        "REQUEST_METHOD": "GET",
        "PATH_INFO": parts.path,
        "QUERY_STRING": parts.query,
        "CONTENT_LENGTH": "0",
    }
    noted = dict(session)
    with current_app.request_context(environ):
        session.update(noted)
        identified()
        if request.endpoint is None or not may_visit(request.endpoint):
            return None
        try:
            page = current_app.make_response(current_app.dispatch_request())
        except (Refusal, HTTPException):
            return None
        noted = dict(session)
    # What the page notes in the visit (its token) is what the next form is measured by.
    session.update(noted)
    shows = page.status_code in SHOWN and page.mimetype == "text/html"
    return page if shows else None
