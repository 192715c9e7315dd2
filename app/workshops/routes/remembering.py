"""The private links that a phone has opened, kept in its cookie."""

from __future__ import annotations

from flask import current_app, request
from werkzeug.wrappers import Response

from app.workshops.queries import links, places
from app.workshops.queries.places import TicketedEnrolment

# The private links this phone has opened, newest first, divided by dots.
COOKIE = "places"
COOKIE_DAYS = 300
MOST_LINKS = 8


def remembered() -> list[str]:
    return [part for part in request.cookies.get(_cookie(), "").split(".") if part][:MOST_LINKS]


def remembering(token: str, response: Response) -> Response:
    tokens = [token, *(earlier for earlier in remembered() if earlier != token)][:MOST_LINKS]
    response.set_cookie(
        _cookie(),
        ".".join(tokens),
        max_age=COOKIE_DAYS * 24 * 3600,
        secure=not current_app.config["OVER_LOOPBACK"],
        httponly=True,
        samesite="Lax",
    )
    return response


def _cookie() -> str:
    return COOKIE if current_app.config["OVER_LOOPBACK"] else f"__Host-{COOKIE}"


def own_place(link_hash: bytes | None) -> tuple[str, TicketedEnrolment] | None:
    """The place behind a shown code, if this phone has opened its private link."""
    for token in remembered():
        if link_hash is not None and links.is_link(token, link_hash):
            return token, places.place_by_link(token)
    return None
