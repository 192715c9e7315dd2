"""The whole report from the facts of a year, in the order of the municipal paper."""

from collections.abc import Mapping, Sequence

from app.core.texts import _, local
from app.outcomes import wording
from app.reports.rules import counted, programme, status
from app.reports.rules.facts import Facts, IndicatorFigure
from app.reports.rules.paper import Block, Section, YearlyReport, composed, plain, prose, written

# The editors' texts in the order of the paper.
TEXTS = (
    "summary", "recommended_by", "recommendations", "problem", "solution", "status_purpose",
    "status_more", "festival_partner", "programme_purpose", "vision", "programme_closing",
    "economy", "process",
)  # fmt: skip


def write(facts: Facts) -> YearlyReport:
    """The report of a year."""
    title = _(
        "TaskForce Integration: status of the work in %(year)s and programme for %(next)s",
        year=facts.year,
        next=facts.year + 1,
    )
    sections = (
        Section("summary", "", tuple(prose(facts.texts["summary"])), ("summary",)),
        _recommendation(facts),
        _edited(facts, "problem", _("The problem")),
        _edited(facts, "solution", _("The solution")),
        status.section(facts),
        programme.section(facts),
        _edited(facts, "economy", _("Economy")),
        _edited(facts, "process", _("Further process")),
        annex(list(facts.indicators.values())),
    )
    return YearlyReport(facts.year, title, sections)


def filled(texts: Mapping[str, str], year: int) -> dict[str, str]:
    """The editors' texts with the years in their places; every key is there."""
    return {
        key: texts.get(key, "").replace("{year}", str(year)).replace("{next}", str(year + 1))
        for key in TEXTS
    }


def _edited(facts: Facts, key: str, heading: str) -> Section:
    return Section(key, heading, tuple(prose(facts.texts[key])), (key,))


def _recommendation(facts: Facts) -> Section:
    lines = tuple(plain(line) for line in written(facts.texts["recommendations"]))
    blocks = (*prose(facts.texts["recommended_by"]), Block("numbers", lines))
    heading = _("Recommendation and decision")
    return Section("recommendation", heading, blocks, ("recommended_by", "recommendations"))


def annex(indicators: Sequence[IndicatorFigure]) -> Section:
    """Method and response rates: what stands behind every percentage."""
    blocks = [_method(indicator) for indicator in indicators]
    return Section("method", _("Method and response rates"), tuple(blocks))


def _method(indicator: IndicatorFigure) -> Block:
    figure = counted.indicator(indicator)
    first = composed("{figure}", {"figure": figure})
    lines = [plain(line) for line in wording.provenance(indicator.definition, indicator.figure)]
    counts = wording.counts_words(indicator.figure)
    return Block(
        "bullets",
        (first, *lines, *([plain(counts)] if counts else [])),
        local(indicator.definition.name) or indicator.definition.key,
    )
