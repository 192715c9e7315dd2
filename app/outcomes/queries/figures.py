"""Figures with their provenance: computed from rows at each reading, hidden by one rule."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial

from app.core import clock
from app.outcomes.queries import indicators, units
from app.outcomes.queries.counters import count
from app.outcomes.queries.estimates import newest_estimates
from app.outcomes.queries.units import Attended
from app.outcomes.rules.definitions import Definition, IndicatorKind, Source
from app.outcomes.rules.disclosure import hidden_cells, hierarchy, least_shown
from app.outcomes.rules.figures import (
    Figure,
    FigureReading,
    FigureSums,
    Unit,
    as_row,
    proportion,
    responses_hash,
    suppressed,
    tally,
)
from app.outcomes.rules.panels import difference, mean_index

YEAR = "year"


@dataclass(frozen=True)
class BreakdownRow:
    """One line of a breakdown: its key, its name, the figure, and how often somebody came."""

    cell: str
    name: Mapping[str, str]
    figure: Figure
    attendances: int | None


@dataclass(frozen=True)
class Breakdown:
    """A figure by kind or by event; hidden rows are hidden so that none can be worked out."""

    by: str
    rows: Sequence[BreakdownRow]
    attendances: int | None


def readings(keys: Iterable[str], year: int, *, public: bool = False) -> list[FigureReading]:
    """Indicators read for a year, the people behind several of them read once."""
    gathered: dict[object, Sequence[Unit]] = {}
    return [
        _reading(definition, year, public, gathered) for definition in indicators.named(list(keys))
    ]


def reading(key: str, year: int, *, public: bool = False) -> FigureReading:
    """The newest version of an indicator, read for a year; raises NoSuchIndicator."""
    return readings([key], year, public=public)[0]


def _reading(
    definition: Definition, year: int, public: bool, gathered: dict[object, Sequence[Unit]]
) -> FigureReading:
    least = _least(definition, public)
    if definition.flaws:
        return FigureReading(definition, _stamped(definition, _none(definition), ()), least)
    same = (definition.population, definition.instrument, definition.instrument_versions)
    units = gathered.get(same)
    if units is None:
        units = gathered[same] = _units(definition, year)
    made = _stamped(definition, _computed(definition, units, year, least), units)
    if made.suppressed or _too_few(made, least):
        return FigureReading(definition, suppressed(made), least, ())
    return FigureReading(definition, made, least, units)


def figure(key: str, year: int, *, public: bool = False) -> Figure:
    """The figure alone."""
    return reading(key, year, public=public).figure


def breakdown(key: str, year: int, by: str, *, public: bool = False) -> Breakdown:
    """The figure by `kind` or by `event`."""
    definition = indicators.definition(key)
    if definition.flaws:
        return Breakdown(by, [], None)
    behind = _units(definition, year) if definition.kind is IndicatorKind.PROPORTION else []
    least = _least(definition, public)
    cells = _by_cell(behind, by)
    figures = {cell: _row(definition, own) for cell, own in cells.items()}
    hidden = _hidden(definition, behind, least)
    came = units.attended(definition, year) if _from_events(definition) else []
    rows = [
        BreakdownRow(
            cell,
            _name(cell, by, came),
            replace(
                suppressed(breakdown_row) if f"{by}:{cell}" in hidden else breakdown_row, cell=cell
            ),
            _attendances(came, cell, by),
        )
        for cell, breakdown_row in figures.items()
    ]
    return Breakdown(by, rows, sum(attended.attendances for attended in came) if came else None)


def _units(definition: Definition, year: int) -> list[Unit]:
    if definition.population.source is Source.ESTIMATES:
        return []
    return units.units(definition, year)


def _least(definition: Definition, public: bool) -> int:
    return least_shown(public=public, min_n=definition.min_n, sensitive=definition.sensitive)


def _computed(definition: Definition, behind: Sequence[Unit], year: int, least: int) -> Figure:
    counts = tally(definition, behind)
    match definition.kind:
        case IndicatorKind.PROPORTION:
            return proportion(definition, counts)
        case IndicatorKind.MEAN_INDEX:
            return mean_index(definition, behind, counts)
        case IndicatorKind.DIFFERENCE:
            return difference(definition, behind, counts, least)
        case IndicatorKind.ESTIMATE:
            return _estimate(definition, year)
        case IndicatorKind.COUNT:
            return _count(definition, count(definition, year))
        case IndicatorKind.COUNT_DISTINCT:
            return _count(definition, len(behind))


def _count(definition: Definition, number: int) -> Figure:
    """A number of rows; how many have answered is hidden like what they said."""
    if definition.population.source is Source.RESPONSES:
        return replace(_none(definition), complete=number, eligible=number, value=number)
    return Figure(definition.key, definition.version, number, value=number)


def _none(definition: Definition) -> Figure:
    return Figure(definition.key, definition.version, None)


def _estimate(definition: Definition, year: int) -> Figure:
    judged = newest_estimates(year, definition.population.event_kind)
    made = _none(definition)
    if not judged:
        return made
    return replace(
        made,
        value=sum(judged_event.estimate.value for judged_event in judged),
        low=sum(judged_event.estimate.low for judged_event in judged),
        high=sum(judged_event.estimate.high for judged_event in judged),
    )


def _stamped(definition: Definition, made: Figure, units: Sequence[Unit]) -> Figure:
    return replace(
        made,
        definition_hash=definition.content_hash,
        responses_hash=responses_hash(units) if units else None,
        computed_at=clock.now(),
    )


def _too_few(made: Figure, least: int) -> bool:
    """Hidden if few are eligible; where nobody has answered at all there is nothing to hide."""
    return bool(made.complete) and (made.eligible or 0) < least


def _by_cell(units: Sequence[Unit], by: str) -> dict[str, list[Unit]]:
    cells: dict[str, list[Unit]] = defaultdict(list)
    for unit in units:
        cell = unit.kind if by == "kind" else unit.event
        if cell:
            cells[cell].append(unit)
    return cells


def _row(definition: Definition, units: Sequence[Unit]) -> Figure:
    return as_row(proportion(definition, tally(definition, units)))


def _hidden(definition: Definition, units: Sequence[Unit], least: int) -> frozenset[str]:
    """All cells to hide, worked out for the whole catalogue of breakdowns at once."""
    eligible = partial(_eligible, definition)
    kinds = {f"kind:{kind}": own for kind, own in _by_cell(units, "kind").items()}
    events = {f"event:{event}": own for event, own in _by_cell(units, "event").items()}
    numbers = {cell: eligible(own) for cell, own in {**kinds, **events}.items()}
    inside = {
        kind: sorted({f"event:{unit.event}" for unit in own if unit.event})
        for kind, own in kinds.items()
    }
    return hidden_cells({**numbers, YEAR: eligible(units)}, hierarchy(YEAR, inside), least)


def _eligible(definition: Definition, units: Sequence[Unit]) -> int:
    counts: FigureSums = tally(definition, units)
    return counts.eligible


def _from_events(definition: Definition) -> bool:
    return definition.population.source in (Source.ATTENDANCE, Source.ENROLMENTS)


def _name(cell: str, by: str, came: Sequence[Attended]) -> Mapping[str, str]:
    if by == "event":
        return next((attended.event.title for attended in came if attended.event.slug == cell), {})
    return {}


def _attendances(came: Sequence[Attended], cell: str, by: str) -> int | None:
    if not came:
        return None
    chosen = (
        attended
        for attended in came
        if cell == (attended.event.kind if by == "kind" else attended.event.slug)
    )
    return sum(attended.attendances for attended in chosen)
