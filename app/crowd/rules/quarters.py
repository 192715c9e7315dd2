"""Quarters of an hour, numbered since 1970, and a bar chart of what came in each."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Final

from app.core.clock import COPENHAGEN

SECONDS: Final = 900
# Only so many are drawn and listed: a day and the hour that summer time adds.
MOST: Final = 100
WIDTH, HEIGHT, FOOT = 640, 180, 24
_UNIX_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Bar:
    """One quarter as a rectangle."""

    begins: datetime
    number: int
    x: float
    y: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Chart:
    """Bars in order, where the full hours stand, and the highest number."""

    bars: tuple[Bar, ...]
    hours: tuple[tuple[float, datetime], ...]
    most: int
    busiest: Bar


def quarter_of(moment: datetime) -> int:
    """The number of the quarter that a moment lies in."""
    return int((moment - _UNIX_EPOCH).total_seconds() // SECONDS)


def begins(quarter: int) -> datetime:
    """When a quarter begins."""
    return _UNIX_EPOCH + timedelta(seconds=quarter * SECONDS)


def last_day(quarters: Mapping[int, int], now: int | None = None) -> dict[int, int]:
    """The quarters of the latest day in Copenhagen, without gaps from first to last.

    Up to the quarter `now`: a clock that is ahead must not hide the day that is looked at.
    """
    past = [quarter for quarter in quarters if now is None or quarter <= now]
    if not past:
        return {}
    last = max(past)
    day = _day(last)
    first = max(min(quarter for quarter in past if _day(quarter) == day), last - MOST + 1)
    return {quarter: quarters.get(quarter, 0) for quarter in range(first, last + 1)}


def chart(numbers: Mapping[int, int]) -> Chart | None:
    """The drawing of quarters without gaps; None where nothing came."""
    most = max(numbers.values(), default=0)
    if most <= 0:
        return None
    step = WIDTH / max(len(numbers), 12)
    bars = tuple(
        _bar(begins(quarter), number, place * step, step, number / most)
        for place, (quarter, number) in enumerate(sorted(numbers.items()))
    )
    apart = _hours_apart(len(bars) * SECONDS // 3600)
    hours = tuple((bar.x, bar.begins) for bar in bars if _is_full_hour(bar.begins, apart))
    return Chart(bars, hours, most, max(bars, key=lambda bar: bar.number))


def _bar(moment: datetime, number: int, x: float, step: float, share: float) -> Bar:
    height = round(max(share, 0) * (HEIGHT - 4), 1)
    return Bar(
        moment, number, round(x + 1, 1), round(HEIGHT - height, 1), round(step - 2, 1), height
    )


def _hours_apart(hours: int) -> int:
    """Between two labels, so that they do not run into one another."""
    return 1 if hours <= 8 else 2 if hours <= 16 else 4


def _is_full_hour(moment: datetime, apart: int) -> bool:
    local = moment.astimezone(COPENHAGEN)
    return local.minute == 0 and local.hour % apart == 0


def _day(quarter: int) -> object:
    return begins(quarter).astimezone(COPENHAGEN).date()
