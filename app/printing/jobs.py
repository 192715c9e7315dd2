"""What the worker does here: makes what was ordered in print, and drops files grown old."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.exc import DBAPIError

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events import queries as event_queries
from app.events.models import Event
from app.printing.models import Printing
from app.printing.papers import printings
from app.printing.queries import old_files, people_to_print, printing_of
from app.printing.rules import PrintReason, step
from app.printing.services import (
    Turn,
    fail_printing,
    finish_printing,
    note_progress,
    remove_file,
    take_turn,
)
from app.tickets import papers
from app.workshops.queries.places import TicketedEnrolment

log = logging.getLogger("torvet.printing")


def print_orders(now: datetime) -> int:
    """Make the oldest file that was ordered; 0 where none waits."""
    with unit_of_work():
        turn = take_turn(now)
    if turn is None:
        return 0
    try:
        _print(turn)
    except DBAPIError:
        # Too busy: once the lease has run out, this worker or another begins anew.
        raise
    except Exception:  # one bad order must not stop the others
        log.exception("printing failed", extra={"printing": turn.printing_id})
        with unit_of_work():
            fail_printing(turn, PrintReason.UNEXPECTED)
    return 1


def drop_old_files(now: datetime) -> int:
    """Files go a day after they were made."""
    done = 0
    for printing_id in old_files(now):
        with unit_of_work():
            done += remove_file(printing_id)
    return done


def _print(turn: Turn) -> None:
    printing, event, places = _read(turn)
    if not places and not printing.blanks:
        with unit_of_work():
            fail_printing(turn, PrintReason.NOBODY)
        return
    pictures = _drawn(turn, places)
    if pictures is None:
        return
    content = printings.printed(printing, event, places, pictures)
    with unit_of_work():
        finish_printing(turn, content, places)


def _read(turn: Turn) -> tuple[Printing, Event, Sequence[TicketedEnrolment]]:
    """All that drawing takes; the transaction ends here, for drawing takes its time."""
    printing = printing_of(turn.printing_id)
    event = event_queries.event(printing.event_id)
    places = people_to_print(printing)
    db.session.close()
    return printing, event, places


def _drawn(turn: Turn, places: Sequence[TicketedEnrolment]) -> list[str] | None:
    """The code of each ticket; None where the turn is over before they all are drawn."""
    pictures: list[str] = []
    stride = step(len(places))
    for start in range(0, len(places) or 1, stride):
        pictures += [papers.qr_svg(place.ticket) for place in places[start : start + stride]]
        with unit_of_work():
            if not note_progress(turn, len(pictures), len(places)):
                return None
    return pictures
