"""Where the team's pages about workshops are gathered, and the filter that several of them take."""

from __future__ import annotations

from flask import Blueprint, request

from app.tickets.rules.codes import LONGEST_TYPED
from app.workshops.queries.lists import EnrolmentFilter
from app.workshops.wording import STATE_NAMES

pages = Blueprint("workshops_desk", __name__, url_prefix="/desk/workshops")


def asked_filter() -> EnrolmentFilter:
    """What the list's address asks for."""
    given = request.args
    return EnrolmentFilter(
        state=given.get("state", "") if given.get("state") in STATE_NAMES else "",
        search=given.get("search", "").replace("\x00", "")[:LONGEST_TYPED],
    )
