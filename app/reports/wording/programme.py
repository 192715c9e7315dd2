"""The part of the report that looks ahead: the gap, the vision, main areas and person-years."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from babel.numbers import format_decimal

from app.core.texts import _, _n, language, local
from app.installation.wording import Owner, of
from app.outcomes import wording
from app.outcomes.rules.figures import FigureReading
from app.reports.rules.paper import (
    Block,
    Grid,
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
from app.reports.wording.shown import count, indicator


@dataclass(frozen=True, slots=True)
class PlanArea:
    """A main area of next year's plan."""

    number: int
    name: str
    activities: tuple[str, ...]
    person_years: Decimal

    @property
    def heading(self) -> str:
        """Its number and name."""
        return f"{self.number}. {self.name}"


@dataclass(frozen=True, slots=True)
class ProgrammeFacts:
    """What the programme counts: the gap that calls for it, and next year's plan."""

    gap: FigureReading
    plan: Sequence[PlanArea]
    person_years: Decimal


def section(year: int, facts: ProgrammeFacts, texts: Mapping[str, str], owner: Owner) -> Section:
    """The programme of the year to come."""
    heading = _("2. Programme %(next)s for %(team)s", next=year + 1, team=owner.team)
    blocks: list[Block | Grid] = [
        *prose(texts["programme_purpose"]),
        paragraph(_gap(facts.gap)),
        *prose(texts["vision"]),
        *_areas(year, facts.plan, owner),
    ]
    if facts.plan:
        blocks.append(_resources(facts))
    blocks += prose(texts["programme_closing"])
    edited = ("programme_purpose", "vision", "programme_closing")
    return Section("programme", heading, tuple(blocks), edited)


def _gap(reading: FigureReading) -> Line:
    definition, figure = reading.definition, reading.figure
    if figure.suppressed or not figure.eligible:
        return plain(wording.sentence(definition, figure, reading.least))
    known = local(definition.text).replace("{gap}", "{figure}")
    unsure = local(definition.uncertain) or known
    said = known if wording.is_certain(figure) else unsure
    template = _(
        "The inclusion indicator of the Integration Barometer shows that %(said)s.", said=said
    )
    return composed(template, {"figure": indicator(reading)})


def _areas(year: int, plan: Sequence[PlanArea], owner: Owner) -> list[Block]:
    if not plan:
        return [paragraph(plain(_("No plan has been made for %(next)s yet.", next=year + 1)))]
    number = len(plan)
    heading = _n("The programme's %(num)d main area", "The programme's %(num)d main areas", number)
    template = _n(
        "%(of_team)s tasks in %(next)s lie in {main_areas} main area:",
        "%(of_team)s tasks in %(next)s are divided into the following {main_areas} main areas:",
        number,
        of_team=of(owner.team),
        next=year + 1,
    )
    rows = [area.heading for area in plan]
    main_areas = count("main_areas", rows, _("Main areas of next year's plan."))
    first = paragraph(starting_large(composed(template, {"main_areas": main_areas})), heading)
    return [first, *(bullets(map(plain, area.activities), area.heading) for area in plan)]


def _resources(facts: ProgrammeFacts) -> Grid:
    lines = [f"{area.heading}: {_decimal(area.person_years)}" for area in facts.plan]
    rows = tuple(
        (plain(area.heading), _years(f"person_years_{area.number}", area.person_years, [line]))
        for area, line in zip(facts.plan, lines, strict=True)
    )
    return Grid(
        _("How the resources are shared among the main areas"),
        (_("Main areas"), _("Person-years")),
        rows,
        (plain(_("In all")), _years("person_years", facts.person_years, lines)),
    )


def _years(ident: str, number: Decimal, rows: Sequence[str]) -> Line:
    rule = _("Person-years set aside in next year's plan.")
    shown = Shown(ident, _decimal(number), float(number), rule, tuple(rows))
    return composed("{years}", {"years": shown})


def _decimal(number: Decimal) -> str:
    """“2” or “0,5”."""
    return str(format_decimal(number, locale=language()))
