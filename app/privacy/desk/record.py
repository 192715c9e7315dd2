"""The team's page: what is kept of people, why, by which law, how long, and what happens then."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.privacy import queries
from app.privacy.desk import words

pages = Blueprint("privacy_desk", __name__, url_prefix="/desk/privacy")


@pages.get("/")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def record() -> Response:
    """The record of processing (GDPR article 30), from the columns' own marks."""
    return render(200, "privacy/desk/record.html", record=queries.record(), words=words)
