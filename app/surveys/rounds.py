"""What the worker does: plan, send, remind, note what came back, close. Each item by itself."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.core.unit_of_work import unit_of_work
from app.surveys import queries, services


def plan_invitations(now: datetime) -> int:
    """Look through the audience of each open wave, at most once an hour."""
    return _each(queries.unplanned_waves(now), lambda wave_id: services.plan(queries.wave(wave_id)))


def send_invitations(now: datetime) -> int:
    """Send what has fallen due."""
    return _each(queries.due_invitations(now), services.send)


def send_reminders(now: datetime) -> int:
    """Remind those who are still silent when their letter is written."""
    return _each(queries.due_reminders(now), services.remind)


def note_bounces(_now: datetime) -> int:
    """Stop writing to mailboxes that refused a letter."""
    return _each(queries.refused_letters(), services.bounce)


def close_waves(now: datetime) -> int:
    """Close what has passed its closing day."""
    return _each(queries.over_waves(now), lambda wave_id: services.close(queries.wave(wave_id)))


def _each(ids: Sequence[int], verb: Callable[[int], int]) -> int:
    done = 0
    for one in ids:
        with unit_of_work():
            done += int(verb(one))
    return done
