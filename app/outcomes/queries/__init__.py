"""Reads for figures: definitions, the people behind them, and the figures themselves."""

from app.outcomes.queries.estimates import Judged, newest_estimates
from app.outcomes.queries.figures import Breakdown, Reading, breakdown, figure, reading, readings
from app.outcomes.queries.indicators import (
    definition,
    definitions,
    instruments_named,
    raw_definition,
)
from app.outcomes.queries.units import Attended, attended, newest_year

__all__ = [
    "Attended",
    "Breakdown",
    "Judged",
    "Reading",
    "attended",
    "breakdown",
    "definition",
    "definitions",
    "figure",
    "instruments_named",
    "newest_estimates",
    "newest_year",
    "raw_definition",
    "reading",
    "readings",
]
