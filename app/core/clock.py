"""What time it is: the one place that asks the operating system."""

from __future__ import annotations

from contextvars import ContextVar
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

COPENHAGEN = ZoneInfo("Europe/Copenhagen")

# Set by app.core.timetravel alone, which only the demo and the tests may import.
_pretended: ContextVar[datetime | None] = ContextVar("pretended_now", default=None)


def now() -> datetime:
    """The moment, aware, in UTC."""
    return _pretended.get() or datetime.now(UTC)


def today() -> date:
    """The date in Copenhagen."""
    return now().astimezone(COPENHAGEN).date()


def year_of(moment: datetime) -> int:
    """The year a moment belongs to: the year in Copenhagen."""
    return moment.astimezone(COPENHAGEN).year


def local_time(moment: datetime) -> datetime:
    """The moment on Copenhagen's clocks."""
    return moment.astimezone(COPENHAGEN)


def shifted(moment: datetime, was: datetime, becomes: datetime) -> datetime:
    """The moment as much later as `becomes` is than `was`, on Copenhagen's clocks: nine o'clock
    stays nine o'clock where summer time begins or ends between."""
    local, start, end = (local_time(one).replace(tzinfo=None) for one in (moment, was, becomes))
    return (local + (end - start)).replace(tzinfo=COPENHAGEN).astimezone(UTC)


def year_bounds(year: int) -> tuple[datetime, datetime]:
    """First moment of the year and of the next, in UTC: start ≤ moment < end."""
    start = datetime(year, 1, 1, tzinfo=COPENHAGEN)
    end = datetime(year + 1, 1, 1, tzinfo=COPENHAGEN)
    return start.astimezone(UTC), end.astimezone(UTC)
