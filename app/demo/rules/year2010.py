"""The year 2010 as the specification of the demo gives it: who came, answered and reached what.

These are what the rows are made from. No figure of the report is read from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeVar

from app.demo.rules.workshop_texts import PLACES

Dealt = TypeVar("Dealt")


@dataclass(frozen=True)
class Workshop2010:
    """One workshop: how many are asked after it, and what became of them."""

    code: str
    day: date
    place: str
    asked: int
    complete: int
    still: int
    left: int
    unknown: int
    reached: int


@dataclass(frozen=True)
class Fate:
    """What one participant answers half a year later, if anything.

    `disposition` is complete, partial, refused, bounced or silent; `working` the answer to
    `still_working`; `goals` how many of their own goals they set and how many they reached.
    """

    disposition: str
    working: str = ""
    goals: tuple[int, int] = (1, 1)


_DAYS = (
    date(2010, 1, 21),
    date(2010, 2, 4),
    date(2010, 2, 18),
    date(2010, 3, 4),
    date(2010, 3, 18),
    date(2010, 4, 8),
    date(2010, 4, 22),
    date(2010, 5, 6),
    date(2010, 5, 20),
    date(2010, 6, 3),
    date(2010, 6, 10),
)
_TABLE = (
    (22, 17, 14, 3, 0, 13),
    (19, 15, 12, 3, 0, 10),
    (24, 18, 15, 3, 0, 13),
    (18, 14, 11, 3, 0, 9),
    (16, 13, 10, 3, 0, 9),
    (21, 16, 13, 2, 1, 11),
    (17, 13, 10, 3, 0, 8),
    (20, 14, 12, 2, 0, 10),
    (23, 16, 13, 3, 0, 11),
    (15, 10, 8, 1, 1, 7),
    (7, 4, 3, 1, 0, 2),
)
WORKSHOPS: tuple[Workshop2010, ...] = tuple(
    Workshop2010(f"W{number:02d}", day, PLACES[number % len(PLACES)], *row)
    for number, (day, row) in enumerate(zip(_DAYS, _TABLE, strict=True), start=1)
)
# Three people came twice; the first workshop is the one that asks.
TWICE: tuple[tuple[str, str], ...] = (("W01", "W09"), ("W02", "W10"), ("W03", "W11"))
CANCELLED = 14
NO_SHOWS = 12
# (goals set, goals reached): persons. Who reached at least half is counted as having reached.
REACHED: tuple[tuple[tuple[int, int], int], ...] = (
    ((1, 1), 26),
    ((2, 2), 40),
    ((2, 1), 13),
    ((3, 3), 20),
    ((3, 2), 4),
)
NOT_REACHED: tuple[tuple[tuple[int, int], int], ...] = (((1, 0), 4), ((2, 0), 5), ((3, 1), 9))
# Those who did not complete: dispositions over all workshops.
UNANSWERED: tuple[tuple[str, int], ...] = (
    ("partial", 4),
    ("refused", 3),
    ("bounced", 4),
    ("silent", 41),
)

COURSE_DAYS = (date(2010, 3, 11), date(2010, 4, 15), date(2010, 5, 12), date(2010, 6, 17))
COURSE_COMPLETED = 13
# Who missed a day: the days each of them came to.
COURSE_INCOMPLETE: tuple[tuple[int, ...], ...] = ((0, 1), (0, 1, 3), (0,))

ADVICE_BY_YEAR = {2007: 96, 2008: 118, 2009: 139, 2010: 145}
REQUISITIONS = 28
RECIPIENTS = 52
# Answers of the 36 recipients who completed: (new methods, cooperation); all used the tools.
RECIPIENT_ANSWERS: tuple[tuple[str, int], ...] = (
    *((("yes", 4),) * 12),
    *((("yes", 3),) * 11),
    *((("yes", 2),) * 4),
    *((("no", 3),) * 5),
    *((("no", 2),) * 3),
    *((("no", 1),) * 1),
)
FESTIVAL_DAY = date(2010, 8, 28)
ASSOCIATIONS = 90
VISITORS = (20_000, 17_000, 23_000)
AREA_PLANS = ("Mjølnerparken", "Tingbjerg", "Akacieparken", "Lundtoftegade", "Urbanplanen")
AREA_LIFTS = ("Fuglekvarteret", "Husum")
# Group by self-report, how many, and the mean of their inclusion (0–100).
PANEL: tuple[tuple[str, int, float, float], ...] = (
    ("minority", 850, 71.2, 18.0),
    ("majority", 800, 76.2, 17.0),
)
ITEMS = (
    "trust_people",
    "trust_city",
    "community_belong",
    "community_mixed",
    "influence_heard",
    "influence_know",
)
STEP = 25


def fates(workshop: Workshop2010, pools: Pools) -> list[Fate]:
    """What becomes of each of those a workshop asks, in the order they signed up."""
    made = [Fate("complete", "yes", pools.reached()) for _ in range(workshop.reached)]
    short = workshop.still - workshop.reached
    made += [Fate("complete", "yes", pools.not_reached()) for _ in range(short)]
    made += [Fate("complete", "no") for _ in range(workshop.left)]
    made += [Fate("complete", "dont_know") for _ in range(workshop.unknown)]
    made += [Fate(pools.unanswered()) for _ in range(workshop.asked - workshop.complete)]
    return pools.mixed(made)


class Pools:
    """What is dealt out over the workshops, shuffled once, the same each time."""

    def __init__(self, seed: int) -> None:
        self._chance = Random(seed)
        self._reached = self._shuffled(REACHED)
        self._not_reached = self._shuffled(NOT_REACHED)
        self._unanswered = self._shuffled(UNANSWERED)

    def reached(self) -> tuple[int, int]:
        return next(self._reached)

    def not_reached(self) -> tuple[int, int]:
        return next(self._not_reached)

    def unanswered(self) -> str:
        return next(self._unanswered)

    def mixed(self, made: list[Fate]) -> list[Fate]:
        return self._chance.sample(made, len(made))

    def _shuffled(self, counts: Sequence[tuple[Dealt, int]]) -> Iterator[Dealt]:
        whole = [answer for answer, number in counts for _ in range(number)]
        self._chance.shuffle(whole)
        return iter(whole)


def panel_answers(number: int, mean: float, spread: float, seed: int) -> list[list[int]]:
    """Each person's six answers (0, 25 … 100), whose means lie as near `mean` as they can."""
    chance = Random(seed)
    people = [_answers(chance.gauss(mean, spread), chance) for _ in range(number)]
    total = round(mean * number * len(ITEMS) / STEP)
    while (off := total - sum(map(sum, people)) // STEP) != 0:
        person, item = chance.randrange(number), chance.randrange(len(ITEMS))
        changed = people[person][item] + (STEP if off > 0 else -STEP)
        if 0 <= changed <= 100:
            people[person][item] = changed
    return people


def _answers(level: float, chance: Random) -> list[int]:
    steps = [round((level + chance.gauss(0, 12)) / STEP) for _ in ITEMS]
    return [min(4, max(0, step)) * STEP for step in steps]
