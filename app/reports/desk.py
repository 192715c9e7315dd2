"""The yearly report on the desk: to read, to edit its texts, to follow each figure, to lock."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import clock, sent_forms
from app.core.access import StaffRole, open_to
from app.core.forms import ActionForm
from app.core.pages import render
from app.core.refusals import NotFound
from app.core.texts import _
from app.events import queries as events
from app.reports import queries, services
from app.reports.forms import TextForm
from app.reports.wording.text_names import text_names

pages = Blueprint("reports_desk", __name__, url_prefix="/desk/reports")
ONE_YEAR = "/<int(min=1900, max=2199):year>"


@pages.get("/")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def reports() -> Response:
    """The years that can be read."""
    this_year = clock.today().year
    return render(years=[*range(this_year, this_year - 6, -1), 2010])


@pages.get(ONE_YEAR)
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def report(year: int) -> Response:
    """The report, each figure leading to where it comes from."""
    paper, locked = queries.paper(year), queries.snapshot(year)
    changed = queries.changed_since(locked, paper)
    return render(paper=paper, locked=locked, changed=changed, text_names=text_names())


@pages.get(f"{ONE_YEAR}/figures/<ident>")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def figure(year: int, ident: str) -> Response:
    """Where one figure comes from: its rule and its rows."""
    shown = queries.paper(year).figures().get(ident)
    if shown is None:
        raise NotFound
    return render(year=year, shown=shown)


@pages.route(f"{ONE_YEAR}/texts/<key>", methods=["GET", "POST"])
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def text(year: int, key: str) -> Response:
    """One text in the editors' words."""
    words = queries.texts(year).get(key)
    if words is None:
        raise NotFound
    form = TextForm(text=words)
    if form.accepted():
        services.edit_text(year, key, form.text.every)
        return redirect(url_for(".report", year=year), 303)
    name = text_names()[key]
    return render(form=form, year=year, name=name, status=422 if form.errors else 200)


@pages.post(f"{ONE_YEAR}/lock")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
@sent_forms.once
def lock(year: int) -> Response:
    """Keep the figures as they read now."""
    services.lock(year)
    return redirect(url_for(".report", year=year), 303)


@pages.route("/held/<slug>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def take_back_held(slug: str) -> Response:
    """An event was not held after all: what follows from that, or why it stays."""
    event, form = events.event_by_slug(slug), ActionForm()
    year = clock.year_of(event.starts_at)
    if form.carried_out(lambda: services.take_back_held(event.id)):
        flash(_("The event counts as held no more."), "success")
        return redirect(url_for("events_desk.show", slug=slug), 303)
    locked = queries.year_is_locked(year)
    return render(form.status_code, event=event, form=form, year=year, locked=locked)
