"""Each figure of the report as printed, with its rule and its rows."""

from collections.abc import Sequence
from decimal import Decimal

from babel.numbers import format_decimal

from app.core.numbers import integer_text
from app.core.texts import _, language, local
from app.outcomes import wording
from app.reports.rules.facts import Facts, FestivalFacts, IndicatorFigure
from app.reports.rules.paper import Shown


def number_words(number: int) -> str:
    """A count in a sentence: none is said in words."""
    return _("no") if number == 0 else integer_text(number)


def count(ident: str, rows: Sequence[str], rule: str) -> Shown:
    """The number of the rows themselves."""
    return Shown(ident, number_words(len(rows)), len(rows), rule, tuple(rows))


def workshops(facts: Facts) -> dict[str, Shown]:
    """How many workshops, for how many people."""
    people = facts.people
    return {
        "workshops": count(
            "workshops",
            facts.workshops,
            _("Events held in the year of the kind workshop and the topic parental dialogue."),
        ),
        "people": Shown(
            "people",
            number_words(people),
            people,
            _("Distinct people who came to one or more of the workshops, as scanned at the door."),
            (),
            "fd_goals",
        ),
    }


def indicator(indicator_figure: IndicatorFigure) -> Shown:
    """An indicator's figure as it stands in its own sentence."""
    definition, figure = indicator_figure.definition, indicator_figure.figure
    printed = wording.printed(definition, figure)
    value = figure.percent if figure.value is None else figure.value
    return Shown(
        definition.key,
        printed or wording.value_words(definition, figure),
        None if printed is None else value,
        local(definition.rule),
        (),
        definition.key,
    )


def trained(facts: Facts) -> Shown:
    """Those who attended every session of a course."""
    rule = _("Distinct people who attended all sessions of a course for process consultants.")
    return Shown("trained", number_words(facts.trained), facts.trained, rule, tuple(facts.courses))


def festival(festival_facts: FestivalFacts, place: int) -> dict[str, Shown]:
    """Visitors and restaurants of one festival; the names carry its place in the year."""
    restaurants = count(
        f"restaurants_{place}",
        festival_facts.restaurants,
        _("Confirmed applications of restaurants at the festival."),
    )
    if festival_facts.visitors is None:
        return {"restaurants": restaurants}
    visitors = Shown(
        f"visitors_{place}",
        integer_text(festival_facts.visitors),
        festival_facts.visitors,
        _("An estimate: %(method)s", method=festival_facts.method),
        (),
        "visitors",
    )
    return {"visitors": visitors, "restaurants": restaurants}


def engagements(facts: Facts) -> dict[str, Shown]:
    """Area plans with a day in the year, by kind."""
    rule = _("Engagements of this kind with at least one day in the year.")
    return {
        "helhedsplaner": count("helhedsplaner", facts.helhedsplaner, rule),
        "omraadeloeft": count("omraadeloeft", facts.omraadeloeft, rule),
    }


def advice(facts: Facts) -> dict[str, Shown]:
    """Advisory tasks and requisitions closed in the year; the rule tells the years before."""
    rule = _("Tasks of this kind closed in the year.")
    years = [f"{integer_text(tasks)} ({year})" for year, tasks in sorted(facts.advice.items())]
    trend = _("Year by year: %(counts)s.", counts=", ".join(years))
    return {
        "advice": count("advice", facts.tasks, f"{rule} {trend}"),
        "requisitions": count("requisitions", facts.requisitions, rule),
    }


def main_areas(facts: Facts) -> Shown:
    """How many main areas next year's plan has."""
    rows = [f"{area.number}. {area.name}" for area in facts.plan]
    return count("main_areas", rows, _("Main areas of next year's plan."))


def person_years(facts: Facts) -> dict[str, Shown]:
    """Person-years of each main area, and their sum."""
    areas = {f"person_years_{area.number}": area for area in facts.plan}
    rows = [f"{area.number}. {area.name}: {years_text(area.person_years)}" for area in facts.plan]
    shown = {
        ident: _years(ident, area.person_years, [row])
        for (ident, area), row in zip(areas.items(), rows, strict=True)
    }
    return {**shown, "person_years": _years("person_years", facts.person_years, rows)}


def _years(ident: str, number: Decimal, rows: Sequence[str]) -> Shown:
    rule = _("Person-years set aside in next year's plan.")
    return Shown(ident, years_text(number), float(number), rule, tuple(rows))


def years_text(number: Decimal) -> str:
    """“2” or “0,5”."""
    return str(format_decimal(number, locale=language()))
