"""A form that is refused is shown again: the page it stood on, what was typed, why not, what next.

The page is asked for anew, as the visitor's browser would, with the refusal beside it. Forms find
what was typed by themselves (`core/forms.py`); the layouts show the sentence and the ways on.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from urllib.parse import urlsplit

from flask import Response, current_app, g, request, session
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException

from app.core.access import identified, may_visit
from app.core.addresses import own_path
from app.core.refusals import Refusal


@dataclass(frozen=True)
class Refused:
    """Why the form was refused, the fields that were sent, and those that must be looked at."""

    refusal: Refusal
    typed: MultiDict[str, str]
    fields: list[str] = field(default_factory=list)


def refused() -> Refused | None:
    """What this page is shown again for; None on a page that is simply opened."""
    again: Refused | None = g.get("refused")
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
    del g.refused
    return None


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
    return page if page.status_code == 200 and page.mimetype == "text/html" else None
