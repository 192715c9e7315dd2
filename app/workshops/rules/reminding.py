"""When the participants of an event are reminded of it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from app.core.clock import COPENHAGEN

# None of these days: no reminder.
DAYS = (1, 2, 3, 7)
HOURS = tuple(range(7, 21))
USUAL_DAYS, USUAL_HOUR = 1, 10


def reminds_at(starts_at: datetime, days: int, hour: int) -> datetime:
    """The hour, so many days before the day of the event by the clock on the wall."""
    day = starts_at.astimezone(COPENHAGEN).date() - timedelta(days=days)
    return datetime.combine(day, time(hour), COPENHAGEN)
