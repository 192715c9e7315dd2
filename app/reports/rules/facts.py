"""What the report is written from: the facts of one year as plain values."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from app.outcomes.rules.definitions import Definition
from app.outcomes.rules.figures import Figure


@dataclass(frozen=True, slots=True)
class IndicatorFigure:
    """An indicator's figure with its rule and the smallest number that may be shown."""

    definition: Definition
    figure: Figure
    least: int


@dataclass(frozen=True, slots=True)
class FestivalFacts:
    """A festival held: its name and place, its visitors and the restaurants that took part."""

    title: str
    place: str
    visitors: int | None
    method: str
    restaurants: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ProjectPeriod:
    """A project with its period and its new owner, if it has one."""

    name: str
    starts_on: date
    ends_on: date | None
    handed_to: str
    note: str


@dataclass(frozen=True, slots=True)
class PlanArea:
    """A main area of next year's plan."""

    number: int
    name: str
    activities: tuple[str, ...]
    person_years: Decimal


@dataclass(frozen=True, slots=True)
class Facts:
    """Everything that the report of a year counts."""

    year: int
    workshops: Sequence[str]
    courses: Sequence[str]
    trained: int
    festivals: Sequence[FestivalFacts]
    projects: Sequence[ProjectPeriod]
    helhedsplaner: Sequence[str]
    omraadeloeft: Sequence[str]
    publications: Sequence[tuple[str, str]]
    advice: Mapping[int, int]
    tasks: Sequence[str]
    requisitions: Sequence[str]
    indicators: Mapping[str, IndicatorFigure]
    plan: Sequence[PlanArea]
    person_years: Decimal
    texts: Mapping[str, str]

    @property
    def people(self) -> int:
        """Distinct people who came to the workshops."""
        return self.indicators["fd_goals"].figure.population or 0
