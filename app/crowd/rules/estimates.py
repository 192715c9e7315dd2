"""How many people are inside, counted by hand: the count, and how far it may be off."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor, sqrt
from typing import Final, NamedTuple

from app.devices.rules.limits import NO_LIMIT, Inside, Limit

# One passage in twenty is missed or counted twice, each by itself; 95 of 100 times the truth
# lies within 1.96 standard errors.
MISCOUNTED: Final = 0.05
STANDARD_ERRORS: Final = 1.96


@dataclass(frozen=True, slots=True)
class Crowd:
    """People inside, with the lowest and the highest that the counting allows; `of` whom.

    The alarm begins where the highest reaches `alarm_at`.
    """

    inside: int
    low: int
    high: int
    limit: int | None
    alarm: bool
    of: Inside = Inside.COUNTED
    alarm_at: int | None = None

    @property
    def room(self) -> int:
        """How many more may come in, by the estimate; the phones count it the same way."""
        return 0 if self.limit is None else max(0, self.limit - self.inside)

    @property
    def full(self) -> bool:
        """Whether nobody more may come in."""
        return self.limit is not None and self.room == 0


@dataclass(frozen=True, slots=True)
class Visits:
    """How many came in all, as an estimate."""

    number: int
    low: int
    high: int


class Passages(NamedTuple):
    """How many came in and went out."""

    entered: int = 0
    left: int = 0

    @property
    def inside(self) -> int:
        """How many more came than left."""
        return max(0, self.entered - self.left)


class CounterReading(NamedTuple):
    """Where one counter stood at the end of a quarter of an hour."""

    counter: str
    quarter: int
    stood: Passages


def crowd(counted: Passages, limit: Limit = NO_LIMIT, holders: int = 0) -> Crowd:
    """The people inside; the alarm goes by the highest, for a full house is the greater harm.

    `holders` are inside with a ticket: their scans are no estimate.
    """
    if limit.of == Inside.TICKETS:
        counted = Passages()
    beside = 0 if limit.of == Inside.COUNTED else holders
    within = _margin(counted.entered + counted.left)
    more = counted.entered - counted.left
    high = max(0, ceil(more + within)) + beside
    return Crowd(
        inside=counted.inside + beside,
        low=max(0, floor(more - within)) + beside,
        high=high,
        limit=limit.most,
        alarm=limit.alarm_at is not None and high >= limit.alarm_at,
        of=limit.of,
        alarm_at=limit.alarm_at,
    )


def visits(counted: Passages) -> Visits:
    """How many came; at least as many as were counted out again."""
    number = max(0, counted.entered, counted.left)
    within = _margin(number)
    return Visits(number, max(0, floor(number - within)), ceil(number + within))


def by_quarter(readings: Iterable[CounterReading]) -> dict[int, Passages]:
    """What passed in each quarter: how far each counter moved on from its reading before."""
    stood: dict[str, Passages] = {}
    passed: dict[int, Passages] = {}
    for reading in sorted(readings, key=lambda reading: reading.quarter):
        before = stood.get(reading.counter, Passages())
        now = Passages(*map(max, before, reading.stood))
        stood[reading.counter] = now
        moved = Passages(now.entered - before.entered, now.left - before.left)
        passed[reading.quarter] = together([passed.get(reading.quarter, Passages()), moved])
    return passed


def together(counted: Iterable[Passages]) -> Passages:
    """Several counts as one."""
    both = list(counted)
    return Passages(sum(passed.entered for passed in both), sum(passed.left for passed in both))


def most_inside(passed: Mapping[int, Passages]) -> int:
    """The most that were inside at the end of any quarter."""
    most = inside = 0
    for quarter in sorted(passed):
        inside += passed[quarter].entered - passed[quarter].left
        most = max(most, inside)
    return most


def _margin(passages: int) -> float:
    # A correction may take away more than was counted.
    return STANDARD_ERRORS * sqrt(MISCOUNTED * max(0, passages))
