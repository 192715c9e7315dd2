"""From people and their answers to a figure: judged one by one, summed, then worked out."""

import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import datetime
from enum import StrEnum
from operator import add
from typing import Any

from app.outcomes.rules.definitions import Definition, MissingPolicy
from app.outcomes.rules.proportions import (
    Interval,
    eligible_population,
    nonresponse_bounds,
    percent,
    wilson,
    wilson_of_population,
)
from app.questions.rules.answers import Answer, Answers
from app.questions.rules.conditions import evaluate


@dataclass(frozen=True, slots=True)
class Unit:
    """One counted person: a pseudonymous id, the row they stand in, and what became of asking."""

    ident: str
    kind: str
    event: str
    invited: bool = False
    delivered: bool = False
    answers: Answers | None = None


class ResponseOutcome(StrEnum):
    """What one complete response says about the indicator."""

    SUCCESS = "success"
    FAILURE = "failure"
    INELIGIBLE = "ineligible"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class FigureSums:
    """The sums a figure is worked out from; rows roll up by adding these, never percentages."""

    population: int = 0
    invited: int = 0
    delivered: int = 0
    complete: int = 0
    success: int = 0
    failure: int = 0
    ineligible: int = 0
    unknown: int = 0

    def __add__(self, other: "FigureSums") -> "FigureSums":
        return FigureSums(*map(add, astuple(self), astuple(other)))

    @property
    def eligible(self) -> int:
        """Those certainly eligible whose success is known: the denominator."""
        return self.success + self.failure

    @property
    def silent(self) -> int:
        """Those of the population of whom nothing usable is known."""
        return self.population - self.complete + self.unknown


@dataclass(frozen=True, slots=True)
class GroupMean:
    """One side of a difference: who, how many, their mean and its deviation in points."""

    name: Mapping[str, str]
    size: int
    mean: float | None
    deviation: float | None


@dataclass(frozen=True, slots=True)
class Figure:
    """A computed value with its provenance.

    `population` to `success` count people. `percent` is a whole percentage; `share`, `interval`,
    `interval_population` and `bounds` are fractions of one. `value`, `low` and `high` are in the
    unit of the indicator's kind: visits or people for a count, people for an estimate, points from
    0 to 100 for a mean index, and the points between two such means for a difference. A
    proportion has none of them.
    """

    key: str
    version: int
    population: int | None
    invited: int | None = None
    delivered: int | None = None
    complete: int | None = None
    eligible: int | None = None
    unknown: int | None = None
    success: int | None = None
    percent: int | None = None
    share: float | None = None
    interval: Interval | None = None
    interval_population: Interval | None = None
    bounds: Interval | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    groups: tuple[GroupMean, ...] | None = None
    suppressed: bool = False
    cell: str | None = None
    definition_hash: str = ""
    responses_hash: str | None = None
    computed_at: datetime | None = None

    @property
    def response_percent(self) -> int | None:
        """AAPOR's first response rate in percent: complete answers of all invited."""
        if self.complete is None or self.invited is None:
            return None
        return percent(self.complete, self.invited)

    @property
    def all_answered(self) -> bool:
        """True if the whole eligible population is known, so that nothing is left to estimate."""
        return bool(self.eligible) and self.bounds == (self.share, self.share)


@dataclass(frozen=True, slots=True)
class FigureReading:
    """A figure beside its rule and the smallest number that its readers may see.

    `units` are the people behind it, none where the figure is hidden.
    """

    definition: Definition
    figure: Figure
    least: int
    units: Sequence[Unit] = ()


HIDDEN_WITH_ANSWERS = (
    "complete", "eligible", "unknown", "success", "percent", "share", "interval",
    "interval_population", "bounds", "value", "low", "high", "groups", "responses_hash",
)  # fmt: skip
HIDDEN_IN_ROWS = ("complete", "unknown", "interval_population", "bounds", "responses_hash")


def judge(definition: Definition, answers: Answers) -> ResponseOutcome:
    """What a complete response says; eligibility must be certain, success may be missing."""
    eligible = True if definition.eligible is None else evaluate(definition.eligible, answers)
    if eligible is not True:
        return ResponseOutcome.INELIGIBLE if eligible is False else ResponseOutcome.UNKNOWN
    success = True if definition.success is None else evaluate(definition.success, answers)
    if success is None and definition.missing is MissingPolicy.EXCLUDE:
        return ResponseOutcome.UNKNOWN
    return ResponseOutcome.SUCCESS if success else ResponseOutcome.FAILURE


@dataclass(frozen=True, slots=True)
class JudgedUnit:
    """One person behind a figure, without name or event: asked or not, and what was said."""

    number: int
    invited: bool
    verdict: ResponseOutcome | None


def judged_units(definition: Definition, units: Iterable[Unit]) -> list[JudgedUnit]:
    """Everyone behind a figure in an order that tells nothing."""
    shuffled = sorted(units, key=lambda unit: hashlib.sha256(unit.ident.encode()).digest())
    return [
        JudgedUnit(number, unit.invited, judge(definition, unit.answers) if unit.answers else None)
        for number, unit in enumerate(shuffled, start=1)
    ]


def tally(definition: Definition, units: Sequence[Unit]) -> FigureSums:
    """The units counted by what became of them."""
    verdicts = Counter(
        judge(definition, unit.answers) for unit in units if unit.answers is not None
    )
    return FigureSums(
        population=len(units),
        invited=sum(unit.invited for unit in units),
        delivered=sum(unit.delivered for unit in units),
        complete=verdicts.total(),
        success=verdicts[ResponseOutcome.SUCCESS],
        failure=verdicts[ResponseOutcome.FAILURE],
        ineligible=verdicts[ResponseOutcome.INELIGIBLE],
        unknown=verdicts[ResponseOutcome.UNKNOWN],
    )


def proportion(definition: Definition, counts: FigureSums) -> Figure:
    """The figure that the counts give, with every interval that may stand beside it."""
    part, whole = counts.success, counts.eligible
    eligible_of_all = eligible_population(counts.population, whole, counts.ineligible)
    return Figure(
        key=definition.key,
        version=definition.version,
        population=counts.population,
        invited=counts.invited,
        delivered=counts.delivered,
        complete=counts.complete,
        eligible=whole,
        unknown=counts.unknown,
        success=part,
        percent=percent(part, whole),
        share=part / whole if whole else None,
        interval=wilson(part, whole),
        interval_population=wilson_of_population(part, whole, eligible_of_all or 0),
        bounds=nonresponse_bounds(part, whole, counts.silent),
    )


def suppressed(figure: Figure) -> Figure:
    """The figure as it may be shown when it tells too much: who was asked, nothing they said."""
    nothing: dict[str, Any] = dict.fromkeys(HIDDEN_WITH_ANSWERS)
    return replace(figure, suppressed=True, **nothing)


def as_row(figure: Figure) -> Figure:
    """The figure as a row of a breakdown: people, eligible and percent, no other small counts."""
    nothing: dict[str, Any] = dict.fromkeys(HIDDEN_IN_ROWS)
    return replace(figure, **nothing)


def respondents(definition: Definition, units: Iterable[Unit]) -> frozenset[str]:
    """Pseudonyms of those whose answers are in the figure, to compare with what was published."""
    return frozenset(
        _pseudonym(unit)
        for unit in units
        if unit.answers
        and judge(definition, unit.answers) in (ResponseOutcome.SUCCESS, ResponseOutcome.FAILURE)
    )


def complete(units: Iterable[Unit]) -> frozenset[str]:
    """Pseudonyms of all who have answered: how many is printed too."""
    return frozenset(_pseudonym(unit) for unit in units if unit.answers)


def _pseudonym(unit: Unit) -> str:
    return hashlib.sha256(unit.ident.encode()).hexdigest()[:16]


def responses_hash(units: Iterable[Unit]) -> str:
    """The same for the same complete responses, in whatever order they were read."""
    digest = hashlib.sha256()
    for line in sorted(
        f"{unit.ident} {_canonical(unit.answers)}" for unit in units if unit.answers
    ):
        digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def _canonical(answers: Answers) -> str:
    groups = {code: [_plain(item) for item in items] for code, items in answers.groups.items()}
    return json.dumps([_plain(answers.values), groups], sort_keys=True, ensure_ascii=False)


def _plain(item: Any) -> dict[str, Any]:
    return {code: _plain_answer(answer) for code, answer in item.items()}


def _plain_answer(answer: Answer) -> list[Any]:
    return [answer.state.value, answer.value]
