"""The analyst's pages: every figure of a year, and one figure with all that stands behind it."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, redirect, request, url_for
from werkzeug.wrappers import Response

from app.advisory.rules import TaskKind
from app.core import clock, sent_forms
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.texts import _l
from app.events import queries as events
from app.events.wording import KIND_PLURALS
from app.outcomes import services, wording
from app.outcomes.forms import EstimateForm
from app.outcomes.queries import estimates, indicators
from app.outcomes.queries.figures import breakdown, reading, readings
from app.outcomes.queries.units import newest_year
from app.outcomes.rules.figures import Unit, judged_units
from app.outcomes.rules.years import read_year
from app.outcomes.services import Judgement
from app.questions.wording import flaw_words

LISTED = 500

# What a breakdown by kind tells apart.
CELL_NAMES = {
    **KIND_PLURALS,
    TaskKind.ADVICE: _l("Advice"),
    TaskKind.REQUISITION: _l("Requisitions"),
}

pages = Blueprint("outcomes_desk", __name__, url_prefix="/desk/outcomes")


@pages.get("/")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def figures() -> Response:
    """Every indicator, read for a year."""
    year = _year()
    overview = readings([definition.key for definition in indicators.definitions()], year)
    return render(year=year, readings=overview, wording=wording)


@pages.get("/<key>")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def figure(key: str) -> Response:
    """One figure: definition, numbers, intervals, chart, breakdown and rows."""
    year, by = _year(), "kind" if request.args.get("by") == "kind" else "event"
    shown = reading(key, year)
    return render(
        year=year,
        by=by,
        one=shown,
        breakdown=breakdown(key, year, by),
        cell_names=CELL_NAMES,
        people=judged_units(shown.definition, shown.units) if _few(shown.units) else [],
        raw=indicators.raw_definition(key, shown.definition.version),
        flaws=[(flaw.place, flaw_words(flaw)) for flaw in shown.definition.flaws],
        estimates=estimates.newest_estimates(year, shown.definition.population.event_kind),
        wording=wording,
    )


@pages.route("/estimates/add", methods=["GET", "POST"])
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
@sent_forms.once
def estimate() -> Response:
    """Note how many there were at an event that takes no tickets."""
    form = EstimateForm()
    form.offer([event for event in events.all_events() if event.has.estimated])
    if form.accepted():
        event = events.event_by_slug(form.event.data)
        services.record_estimate(event, _judgement(form))
        return redirect(
            url_for(".figure", key="visitors", year=clock.year_of(event.starts_at)), 303
        )
    return render(form=form, status=422 if form.errors else 200)


def _few(units: Sequence[Unit]) -> bool:
    """Whether the rows behind a figure can be listed on a page."""
    return len(units) <= LISTED


def _judgement(form: EstimateForm) -> Judgement:
    return Judgement(
        form.value.data or 0,
        form.low.data or 0,
        form.high.data or 0,
        form.method.data or "",
        form.source.data or "",
    )


def _year() -> int:
    """The year asked for, else the newest that has its answers."""
    return read_year(request.args.get("year", "")) or newest_year()
