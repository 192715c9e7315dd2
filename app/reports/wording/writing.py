"""The whole report from the facts of a year, in the order of the municipal paper."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from app.core.texts import _, starting_large
from app.installation.wording import Owner
from app.outcomes.rules.figures import FigureReading
from app.reports.rules.paper import Block, Section, YearlyReport, plain, prose, written
from app.reports.wording import method, programme, status
from app.reports.wording.programme import ProgrammeFacts
from app.reports.wording.status import StatusFacts


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """Everything that the report of a year tells: its parts, the editors' texts by their key, and
    all indicators in it, whose method the annex describes."""

    year: int
    status: StatusFacts
    programme: ProgrammeFacts
    texts: Mapping[str, str]
    indicators: Sequence[FigureReading]
    owner: Owner


def write(facts: ReportFacts) -> YearlyReport:
    """The report of a year."""
    year, texts = facts.year, facts.texts
    title = _(
        "%(team)s: status of the work in %(year)s and programme for %(next)s",
        team=facts.owner.team,
        year=year,
        next=year + 1,
    )
    sections = (
        _edited("summary", "", texts),
        _recommendation(texts),
        _edited("problem", _("The problem"), texts),
        _edited("solution", _("The solution"), texts),
        status.section(year, facts.status, texts, facts.owner),
        programme.section(year, facts.programme, texts, facts.owner),
        _edited("economy", _("Economy"), texts),
        _edited("process", _("Further process"), texts),
        method.section(facts.indicators),
    )
    return YearlyReport(year, starting_large(title), sections)


def _edited(key: str, heading: str, texts: Mapping[str, str]) -> Section:
    return Section(key, heading, tuple(prose(texts[key])), (key,))


def _recommendation(texts: Mapping[str, str]) -> Section:
    lines = tuple(plain(line) for line in written(texts["recommendations"]))
    blocks = (*prose(texts["recommended_by"]), Block("numbers", lines))
    heading = _("Recommendation and decision")
    return Section("recommendation", heading, blocks, ("recommended_by", "recommendations"))
