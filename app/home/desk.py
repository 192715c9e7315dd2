"""What needs doing at the desk today."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.core import clock, undelivered
from app.core.access import STAFF, open_to
from app.core.pages import render
from app.home.queries.today import coming, festivals, waiting
from app.mailings.wording import ADVICE

pages = Blueprint("home_desk", __name__, url_prefix="/desk")


@pages.get("/")
@open_to(*STAFF)
def today() -> Response:
    """One screen for what needs doing."""
    return render(
        now=clock.now(),
        notices=undelivered.notices(),
        advice=ADVICE,
        waiting=waiting(),
        coming=coming(),
        festivals=festivals(),
    )
