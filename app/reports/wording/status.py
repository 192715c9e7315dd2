"""The part of the report that tells what was done in the year, in the paper's own words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from app.advisory.rules import Trend, rose_every_year, trend
from app.core.numbers import integer_text
from app.core.texts import _, _n
from app.installation.wording import Owner, of
from app.outcomes.rules.figures import FigureReading
from app.reports.rules.paper import (
    Block,
    Line,
    Section,
    Shown,
    bullets,
    composed,
    paragraph,
    plain,
    prose,
    starting_large,
)
from app.reports.wording.done import DoneFacts, points
from app.reports.wording.shown import count, indicator_sentence


@dataclass(frozen=True, slots=True)
class StatusFacts:
    """What the status counts and names: things done, publications, advice and what came of it.

    `advice` counts the tasks of this year and the three before by year; `tasks` and
    `requisitions` are this year's own."""

    done: DoneFacts
    publications: Sequence[tuple[str, str]]
    advice: Mapping[int, int]
    tasks: Sequence[str]
    requisitions: Sequence[str]
    outcomes: Sequence[FigureReading]


def section(year: int, facts: StatusFacts, texts: Mapping[str, str], owner: Owner) -> Section:
    """Status for the year."""
    heading = _("1. Status of %(of_team)s work in %(year)s", of_team=of(owner.team), year=year)
    done = _("In %(year)s %(team)s has:", year=year, team=owner.team)
    blocks: list[Block] = [
        *prose(texts["status_purpose"]),
        bullets(points(facts.done, texts, owner.city), done),
        _publications(year, facts.publications),
        _advice(year, facts, owner.team),
        *_outcomes(facts.outcomes),
    ]
    edited = ("status_purpose", "status_more", "festival_partner")
    return Section("status", heading, tuple(blocks), edited)


def _publications(year: int, publications: Sequence[tuple[str, str]]) -> Block:
    heading = _("Publications of the year")
    if not publications:
        return paragraph(plain(_("None in %(year)s.", year=year)), heading)
    lines = [f"{title} ({note.rstrip('.')})" if note else title for title, note in publications]
    return bullets((plain(f"{line}.") for line in lines), heading)


def _advice(year: int, facts: StatusFacts, team: str) -> Block:
    tasks = _n("{advice} advisory task", "{advice} advisory tasks", len(facts.tasks))
    requisitions = _n(
        "{requisitions} requisition", "{requisitions} requisitions", len(facts.requisitions)
    )
    template = _(
        "Beside this %(team)s has in %(year)s solved %(tasks)s and %(requisitions)s "
        "in the field of integration across administrations and others in the city.",
        team=team,
        year=year,
        tasks=tasks,
        requisitions=requisitions,
    )
    line = starting_large(composed(template, _advice_figures(facts)))
    trend_sentence = _trend(year, facts.advice)
    return paragraph((*line, *plain(f" {trend_sentence}")) if trend_sentence else line)


def _advice_figures(facts: StatusFacts) -> dict[str, Shown]:
    """Advisory tasks and requisitions closed in the year; the rule tells the years before."""
    rule = _("Tasks of this kind closed in the year.")
    years = [f"{integer_text(tasks)} ({year})" for year, tasks in sorted(facts.advice.items())]
    before = _("Year by year: %(counts)s.", counts=", ".join(years))
    return {
        "advice": count("advice", facts.tasks, f"{rule} {before}"),
        "requisitions": count("requisitions", facts.requisitions, rule),
    }


def _trend(year: int, advice: Mapping[int, int]) -> str:
    """How the number of advisory tasks went over four years; nothing where nothing is known."""
    numbers = [advice.get(past, 0) for past in range(year - 3, year + 1)]
    rose = rose_every_year(numbers[:-1]) and numbers[0] > 0
    match trend(numbers[-2], numbers[-1]):
        case Trend.STEADY if rose:
            return _(
                "The number of such advisory tasks rose every year until %(year)s "
                "and has now settled at a steady level.",
                year=year,
            )
        case Trend.STEADY:
            return _("The number of such advisory tasks lies at a steady level.")
        case Trend.RISING if rose:
            return _("The number of such advisory tasks still rises every year.")
        case Trend.RISING:
            return _("The number of such advisory tasks is higher than the year before.")
        case Trend.FALLING:
            return _("The number of such advisory tasks is lower than the year before.")
        case _:
            return ""


def _outcomes(readings: Sequence[FigureReading]) -> Iterator[Block]:
    """One paragraph of what those who were advised say, a sentence each."""
    sentences: list[Line] = [
        (*starting_large(indicator_sentence(reading)), *plain(". ")) for reading in readings
    ]
    if sentences:
        yield paragraph(tuple(span for sentence in sentences for span in sentence))
