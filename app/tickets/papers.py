"""The QR of a ticket, for a page and for paper."""

from __future__ import annotations

from app.core.addresses import base_url
from app.tickets import drawing
from app.tickets.models import Ticket
from app.tickets.rules.codes import ticket_url


def qr_svg(held: Ticket) -> str:
    """The QR as SVG, for a page and for paper."""
    return drawing.svg(ticket_url(base_url(), held.code))
