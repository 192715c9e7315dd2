"""What needs doing at the desk today."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.core import clock
from app.core.access import STAFF, open_to
from app.core.pages import render
from app.home.queries.today import coming, festivals, waiting

pages = Blueprint("home_desk", __name__, url_prefix="/desk")


@pages.get("/")
@open_to(*STAFF)
def today() -> Response:
    """One screen for what needs doing."""
    return render(
        now=clock.now(),
        waiting=waiting(),
        coming=coming(),
        festivals=festivals(),
    )
