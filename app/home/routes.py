"""The page of an address."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.core.access import SIGNED_IN, STAFF, identity, open_to
from app.core.pages import render
from app.home.queries import mine

pages = Blueprint("home", __name__)


@pages.get("/my")
@open_to(SIGNED_IN)
def my() -> Response:
    """Everything of the address."""
    caller = identity()
    return render(mine=mine.of_email(caller.email or ""), at_desk=caller.has(*STAFF))
