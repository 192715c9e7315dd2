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
from app.workshops import papers, queries, services
from app.workshops.models import Printing
from app.workshops.queries import Place
from app.workshops.rules.printing import Reason, step
from app.workshops.services import Turn

log = logging.getLogger("torvet.printing")


def print_orders(now: datetime) -> int:
    """Make the oldest file that was ordered; 0 where none waits."""
    with unit_of_work():
        turn = services.take_turn(now)
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
            services.fail_printing(turn, Reason.UNEXPECTED)
    return 1


def drop_old_files(now: datetime) -> int:
    """Files go a day after they were made."""
    done = 0
    for printing_id in queries.old_files(now):
        with unit_of_work():
            done += services.remove_file(printing_id)
    return done


def _print(turn: Turn) -> None:
    printing, event, places = _read(turn)
    if not places and not printing.blanks:
        with unit_of_work():
            services.fail_printing(turn, Reason.NOBODY)
        return
    pictures = _drawn(turn, places)
    if pictures is None:
        return
    content = papers.printed(printing, event, places, pictures)
    with unit_of_work():
        services.finish_printing(turn, content, places)


def _read(turn: Turn) -> tuple[Printing, Event, Sequence[Place]]:
    """All that drawing takes; the transaction ends here, for drawing takes its time."""
    printing = queries.printing_of(turn.printing_id)
    event = event_queries.event(printing.event_id)
    places = queries.people_to_print(printing)
    db.session.close()
    return printing, event, places


def _drawn(turn: Turn, places: Sequence[Place]) -> list[str] | None:
    """The code of each ticket; None where the turn is over before they all are drawn."""
    pictures: list[str] = []
    stride = step(len(places))
    for start in range(0, len(places) or 1, stride):
        pictures += [papers.qr_svg(one.ticket) for one in places[start : start + stride]]
        with unit_of_work():
            if not services.note_progress(turn, len(pictures), len(places)):
                return None
    return pictures
