"""The annex of the report: method and response rates, what stands behind every percentage."""

from collections.abc import Sequence

from app.core.texts import _, local
from app.outcomes import wording
from app.outcomes.rules.figures import FigureReading
from app.reports.rules.paper import Block, Section, bullets, composed, plain
from app.reports.wording.shown import indicator


def section(readings: Sequence[FigureReading]) -> Section:
    """A list for each indicator in the report."""
    blocks = tuple(_method(reading) for reading in readings)
    return Section("method", _("Method and response rates"), blocks)


def _method(reading: FigureReading) -> Block:
    definition, figure = reading.definition, reading.figure
    first = composed("{figure}", {"figure": indicator(reading)})
    lines = [*wording.provenance(definition, figure), wording.counts_words(figure)]
    return bullets(
        (first, *(plain(line) for line in lines if line)),
        local(definition.name) or definition.key,
    )
