"""What is noted of tickets in print: whose are, in whose name, and whether the name still holds."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import delete, update

from app.core.database import db, insert_many_once
from app.tickets.models import PrintedTicket


def note_printed(printing_id: int, tickets: Iterable[tuple[int, int]]) -> None:
    """A finished printing holds these tickets, each with its number and its person's."""
    rows = [
        {"printing_id": printing_id, "ticket_id": ticket_id, "person_id": person_id}
        for ticket_id, person_id in tickets
    ]
    insert_many_once(PrintedTicket, rows)


def outdate_printed(person_id: int) -> None:
    """The name was corrected: what is printed of the person is not what is needed."""
    theirs = PrintedTicket.person_id == person_id
    db.session.execute(update(PrintedTicket).where(theirs).values(outdated=True))


def pass_on_printed(from_id: int, to_id: int) -> None:
    """What is printed of one person is of another, for the two are one."""
    theirs = PrintedTicket.person_id == from_id
    db.session.execute(update(PrintedTicket).where(theirs).values(person_id=to_id))


def forget_printed(person_id: int) -> None:
    """Note no longer what is printed of a person."""
    db.session.execute(delete(PrintedTicket).where(PrintedTicket.person_id == person_id))
