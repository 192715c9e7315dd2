"""A form that is refused is shown again: the page it stood on, what was typed, why not, what next.

The page is asked for anew, as the visitor's browser would, with the refusal beside it. Forms find
what was typed by themselves (`core/forms.py`); the layouts show the sentence and the ways on.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Response, current_app, g, request, session
from sqlalchemy.exc import DBAPIError
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from app.core import kept_forms
from app.core.access import identified, may_visit
from app.core.addresses import came_from, path_before
from app.core.limits import client_network, within
from app.core.refusals import Refusal
from app.core.texts import _l

log = logging.getLogger("torvet.shown_again")

# A page says so itself where one of its fields is wrong.
SHOWN = (200, 422)
# From one network, of visitors who are not signed in: a room that comes back from its break.
MOST_KEPT = "600 per hour"


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
    if request.method != "POST" or refused() or _from_elsewhere():
        return None
    for address in _addresses():
        g.refused = Refused(refusal, _typed())
        page = _opened_or_none(address)
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
    if page is not None and not _from_elsewhere():
        try:
            if within("kept forms", client_network(), MOST_KEPT):
                kept_forms.keep(page, _typed())
        except DBAPIError:
            # The way to signing in is worth more than what was written.
            log.exception("not kept")
    return page


def _from_elsewhere() -> bool:
    """Whether another house's page sent this: nobody wrote it here, so nobody is shown it."""
    return request.headers.get("Sec-Fetch-Site") == "cross-site"


def _kept_before() -> Refused | None:
    if request.method != "GET" or request.endpoint is None:
        return None
    typed = kept_forms.kept(request.path)
    return Refused(NotSentYet(), typed) if typed else None


def _pages() -> Iterator[str]:
    yield request.path
    before = path_before()
    if before:
        yield before


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


def _addresses() -> Iterator[dict[str, str]]:
    """Where the form may have stood: at its own address, else on the page that sent it."""
    yield {name: request.environ[name] for name in ("PATH_INFO", "QUERY_STRING")}
    parts = came_from()
    if parts:
        path = unquote_to_bytes(parts.path).decode("latin-1")
        yield {"PATH_INFO": path, "QUERY_STRING": parts.query}


def _opened_or_none(address: dict[str, str]) -> Response | None:
    """The page; None where it cannot be opened, whatever the reason: the refusal is told anyway."""
    notes = list(g.get("after_request", []))
    try:
        page = _opened(address)
    except (Refusal, HTTPException):
        page = None
    except Exception as error:
        log.exception("not shown again", extra={"kind": type(error).__name__})
        page = None
    if page is None:
        # What it noted of a page that nobody sees.
        g.after_request = notes
    return page


def _opened(address: dict[str, str]) -> Response | None:
    given: dict[str, Any] = {
        name: value for name, value in request.environ.items() if "werkzeug" not in name
    }
    unsent = {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "0"}
    noted = dict(session)
    with current_app.request_context({**given, **unsent, **address}):
        session.clear()
        session.update(noted)
        identified()
        if request.endpoint is None or not may_visit(request.endpoint):
            return None
        page = current_app.make_response(current_app.dispatch_request())
        noted = dict(session)
    if page.status_code not in SHOWN or page.mimetype != "text/html":
        return None
    # What the page notes in the visit (its token) is what the next form is measured by; what it
    # took out (a sentence that is told once) is told.
    session.clear()
    session.update(noted)
    return page
