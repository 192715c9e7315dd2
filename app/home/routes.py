"""The page of a mailbox."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.core.access import SIGNED_IN, open_to
from app.core.pages import render

pages = Blueprint("home", __name__)


@pages.get("/my")
@open_to(SIGNED_IN)
def my() -> Response:
    """Everything of the mailbox."""
    return render()
