"""The holder's own ticket on paper."""

from __future__ import annotations

from flask import Blueprint
from werkzeug.wrappers import Response

from app.core.access import PUBLIC, open_to
from app.core.attachments import file_response
from app.core.texts import language
from app.printing.papers import tickets
from app.workshops.queries import places

pages = Blueprint("printing", __name__)


@pages.get("/m/<token>/ticket.pdf")
@open_to(PUBLIC)
def ticket_paper(token: str) -> Response:
    """The ticket as PDF."""
    place = places.place_by_link(token)
    return file_response(tickets.ticket(str(place.ticket.id), language()))
