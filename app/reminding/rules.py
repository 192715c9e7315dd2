"""When the participants of an event are reminded of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.core.audit_verbs import AuditVerb
from app.core.clock import COPENHAGEN

# None of these days: no reminder.
DAYS = (1, 2, 3, 7)
HOURS = tuple(range(7, 21))


class ReminderVerb(AuditVerb):
    """What the audit trail says was done about a reminder."""

    REMINDER_SET = "reminder_set"


def reminds_at(starts_at: datetime, days: int, hour: int) -> datetime:
    """The hour, so many days before the day of the event by the clock on the wall."""
    day = starts_at.astimezone(COPENHAGEN).date() - timedelta(days=days)
    return datetime.combine(day, time(hour), COPENHAGEN)
