"""The part of the report that looks ahead: the gap, the vision, main areas and person-years."""

from app.core.texts import _, _n, local
from app.outcomes import wording
from app.reports.rules import counted
from app.reports.rules.facts import Facts, PlanArea
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
)


def section(facts: Facts) -> Section:
    """The programme of the year to come."""
    heading = _("2. Programme %(next)s for TaskForce Integration", next=facts.year + 1)
    blocks: list[Block | Grid] = [
        *prose(facts.texts["programme_purpose"]),
        paragraph(_gap(facts)),
        *prose(facts.texts["vision"]),
        *_areas(facts),
    ]
    if facts.plan:
        blocks.append(_resources(facts))
    blocks += prose(facts.texts["programme_closing"])
    edited = ("programme_purpose", "vision", "programme_closing")
    return Section("programme", heading, tuple(blocks), edited)


def _gap(facts: Facts) -> Line:
    gap = facts.indicators["inclusion_gap"]
    figure = counted.indicator(gap)
    if gap.figure.suppressed or not gap.figure.eligible:
        return plain(wording.sentence(gap.definition, gap.figure, gap.least))
    known = local(gap.definition.text).replace("{gap}", "{figure}")
    unsure = local(gap.definition.uncertain) or known
    said = known if wording.is_certain(gap.figure) else unsure
    template = _(
        "The inclusion indicator of the Integration Barometer shows that %(said)s.", said=said
    )
    return composed(template, {"figure": figure})


def _areas(facts: Facts) -> list[Block]:
    if not facts.plan:
        return [paragraph(plain(_("No plan has been made for %(next)s yet.", next=facts.year + 1)))]
    number = len(facts.plan)
    heading = _n("The programme's %(num)d main area", "The programme's %(num)d main areas", number)
    template = _n(
        "The tasks of TaskForce Integration in %(next)s lie in {main_areas} main area:",
        "The tasks of TaskForce Integration in %(next)s are divided into the following "
        "{main_areas} main areas:",
        number,
        next=facts.year + 1,
    )
    first = paragraph(composed(template, {"main_areas": counted.main_areas(facts)}), heading)
    return [first, *(_area(area) for area in facts.plan)]


def _area(area: PlanArea) -> Block:
    heading = f"{area.number}. {area.name}"
    return bullets((plain(activity) for activity in area.activities), heading)


def _resources(facts: Facts) -> Grid:
    years = counted.person_years(facts)
    rows = tuple(
        (plain(f"{area.number}. {area.name}"), composed("{years}", {"years": _of(years, area)}))
        for area in facts.plan
    )
    return Grid(
        _("How the resources are shared among the main areas"),
        (_("Main areas"), _("Person-years")),
        rows,
        (plain(_("In all")), composed("{person_years}", years)),
    )


def _of(years: dict[str, Shown], area: PlanArea) -> Shown:
    return years[f"person_years_{area.number}"]
