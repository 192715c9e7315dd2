"""The part of the report that tells what was done in the year, in the paper's own words."""

from collections.abc import Iterator

from babel.dates import format_date

from app.advisory.rules import Trend, rose_every_year, trend
from app.core.texts import _, _n, language, local
from app.outcomes import wording
from app.reports.rules import counted
from app.reports.rules.facts import Facts, FestivalFacts, IndicatorFigure, ProjectPeriod
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
    written,
)

OUTCOMES = ("advice_new_method", "advice_coop", "advice_improve")


def section(facts: Facts) -> Section:
    """Status for the year."""
    heading = _("1. Status of TaskForce Integration's work in %(year)s", year=facts.year)
    done = bullets(_done(facts), _("In %(year)s TaskForce Integration has:", year=facts.year))
    blocks: list[Block] = [*prose(facts.texts["status_purpose"]), done, _publications(facts)]
    blocks += [_advice(facts), *_outcomes(facts)]
    edited = ("status_purpose", "status_more", "festival_partner")
    return Section("status", heading, tuple(blocks), edited)


def _done(facts: Facts) -> Iterator[Line]:
    yield _workshops(facts)
    yield _trained(facts)
    yield from (plain(line) for line in written(facts.texts["status_more"]))
    for place, festival in enumerate(facts.festivals, start=1):
        yield _festival(festival, place, facts.texts["festival_partner"])
    yield from (plain(_project(project)) for project in facts.projects)
    yield _engagements(facts)


def _workshops(facts: Facts) -> Line:
    figures = counted.workshops(facts)
    if not facts.workshops:
        return composed(_("Held {workshops} workshops in parental dialogue."), figures)
    template = _(
        "Held %(workshops)s for %(people)s who work with children and young people in Copenhagen",
        workshops=_n(
            "{workshops} workshop in parental dialogue",
            "{workshops} workshops in parental dialogue",
            len(facts.workshops),
        ),
        people=_n(
            "{people} professional or volunteer",
            "{people} professionals and volunteers",
            facts.people,
        ),
    )
    held = composed(template, figures)
    return (*held, *plain(" – "), *_sentence(facts.indicators["fd_goals"]), *plain("."))


def _sentence(indicator: IndicatorFigure) -> Line:
    """An indicator's sentence within another, its figure in its place."""
    figure = counted.indicator(indicator)
    definition = indicator.definition
    if figure.value is None:
        whole = wording.sentence(definition, indicator.figure, indicator.least).removesuffix(".")
        return composed("{figure}", {"figure": _reworded(figure, whole)})
    text = local(definition.text).replace("{pct}", "{figure}").replace("{gap}", "{figure}")
    return composed(text, {"figure": figure})


def _reworded(figure: Shown, text: str) -> Shown:
    return Shown(figure.ident, text, figure.value, figure.rule, figure.rows, figure.indicator)


def _trained(facts: Facts) -> Line:
    template = _n(
        "Trained {trained} process consultant in parental dialogue.",
        "Trained {trained} process consultants in parental dialogue.",
        facts.trained,
    )
    return composed(template, {"trained": counted.trained(facts)})


def _festival(festival: FestivalFacts, place: int, partner: str) -> Line:
    figures = counted.festival(festival, place)
    parts = [_("Held %(festival)s", festival=festival.title)]
    if festival.place:
        parts.append(_("at %(place)s", place=festival.place))
    if festival.visitors is not None:
        parts.append(_n("with {visitors} visitor", "with {visitors} visitors", festival.visitors))
    if partner:
        parts.append(partner.strip())
    if festival.restaurants:
        among = _n(
            "– among them {restaurants} of the city's best restaurants",
            "– among them {restaurants} of the city's best restaurants",
            len(festival.restaurants),
        )
        parts.append(among)
    return composed(" ".join(parts) + ".", figures)


def _project(project: ProjectPeriod) -> str:
    led = _("Led the project “%(name)s” %(period)s.", name=project.name, period=_period(project))
    handed = ""
    if project.handed_to:
        handed = _("After that the project moved to %(owner)s", owner=project.handed_to)
        handed = f" {handed}, {project.note.rstrip('.')}." if project.note else f" {handed}."
    elif project.note:
        handed = f" {project.note}"
    return led + handed


def _period(project: ProjectPeriod) -> str:
    first = format_date(project.starts_on, "MMMM y", locale=language())
    if project.ends_on is None:
        return _("from %(month)s", month=first)
    last = format_date(project.ends_on, "MMMM y", locale=language())
    if project.starts_on.year == project.ends_on.year:
        first = format_date(project.starts_on, "MMMM", locale=language())
    return _("from %(first)s to %(last)s", first=first, last=last)


def _engagements(facts: Facts) -> Line:
    plans = _n(
        "{helhedsplaner} neighbourhood plan",
        "{helhedsplaner} neighbourhood plans",
        len(facts.helhedsplaner),
    )
    renewals = _n(
        "{omraadeloeft} area renewal", "{omraadeloeft} area renewals", len(facts.omraadeloeft)
    )
    template = _("Taken part in %(plans)s and %(renewals)s.", plans=plans, renewals=renewals)
    return composed(template, counted.engagements(facts))


def _publications(facts: Facts) -> Block:
    heading = _("Publications of the year")
    if not facts.publications:
        return paragraph(plain(_("None in %(year)s.", year=facts.year)), heading)
    lines = [
        f"{title} ({note.rstrip('.')})" if note else title for title, note in facts.publications
    ]
    return bullets((plain(f"{line}.") for line in lines), heading)


def _advice(facts: Facts) -> Block:
    tasks = _n("{advice} advisory task", "{advice} advisory tasks", len(facts.tasks))
    requisitions = _n(
        "{requisitions} requisition", "{requisitions} requisitions", len(facts.requisitions)
    )
    template = _(
        "Beside this TaskForce Integration has in %(year)s solved %(tasks)s and %(requisitions)s "
        "in the field of integration across administrations and others in the city.",
        year=facts.year,
        tasks=tasks,
        requisitions=requisitions,
    )
    line = composed(template, counted.advice(facts))
    trend = trend_words(facts)
    return paragraph((*line, *plain(f" {trend}")) if trend else line)


def trend_words(facts: Facts) -> str:
    """How the number of advisory tasks went over four years; nothing where nothing is known."""
    year = facts.year
    numbers = [facts.advice.get(each, 0) for each in range(year - 3, year + 1)]
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


def _outcomes(facts: Facts) -> list[Block]:
    sentences = [
        (*starting_large(_sentence(facts.indicators[key])), *plain(". "))
        for key in OUTCOMES
        if key in facts.indicators
    ]
    return (
        [paragraph(tuple(span for sentence in sentences for span in sentence))] if sentences else []
    )
