"""A ticket by what was typed into a field of the desk, by hand or by a hand scanner."""

from __future__ import annotations

from sqlalchemy import ColumnElement

from app.tickets.models import Ticket
from app.tickets.rules.codes import read_short, typed_codes


def is_typed_ticket(text: str) -> ColumnElement[bool] | None:
    """Whether a ticket is that of the code in this text; None where there is no code in it.

    Many a name of ten letters might be a short code too.
    """
    read = typed_codes(text)
    if read:
        return Ticket.code.in_([code.text for code in read])
    short = read_short(text)
    return None if short is None else Ticket.short_code == short
