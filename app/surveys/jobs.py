"""What the worker does: plan, send, remind, note what came back, close. Each item by itself."""

from collections.abc import Callable, Sequence
from datetime import datetime

from app.core.unit_of_work import unit_of_work
from app.surveys.queries import waves
from app.surveys.services import inviting, setting_up


def plan_invitations(now: datetime) -> int:
    """Look through the audience of each open wave, at most once an hour."""
    return _each(waves.unplanned_waves(now), lambda wave_id: inviting.plan(waves.wave(wave_id)))


def send_invitations(now: datetime) -> int:
    """Send what has fallen due."""
    return _each(waves.due_invitations(now), inviting.send)


def send_reminders(now: datetime) -> int:
    """Remind those who are still silent when their letter is written."""
    return _each(waves.due_reminders(now), inviting.remind)


def note_bounces(_now: datetime) -> int:
    """Stop writing to addresses that refused a letter."""
    return _each(waves.refused_letters(), inviting.bounce)


def note_arrivals(_now: datetime) -> int:
    """Go on with those whose letter came back, was sent again and has arrived."""
    return _each(waves.arrived_after_all(), inviting.reach)


def close_waves(now: datetime) -> int:
    """Close what has passed its closing day."""
    return _each(waves.over_waves(now), lambda wave_id: setting_up.close(waves.wave(wave_id)))


def _each(ids: Sequence[int], verb: Callable[[int], int]) -> int:
    done = 0
    for row_id in ids:
        with unit_of_work():
            done += int(verb(row_id))
    return done
