"""What the worker does here: reminds those whose event is near."""

from __future__ import annotations

from datetime import datetime

from app.core.unit_of_work import unit_of_work
from app.reminding.queries import due_reminders
from app.reminding.services import remind


def remind_participants(now: datetime) -> int:
    """Remind those who have a place, each in a transaction of its own."""
    done = 0
    for enrolment_id in due_reminders(now):
        with unit_of_work():
            done += remind(enrolment_id)
    return done
