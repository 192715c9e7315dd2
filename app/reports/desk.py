"""The yearly report on the desk: to read, to edit its texts, to follow each figure, to lock."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import clock, sent_forms
from app.core.access import StaffRole, identity, open_to
from app.core.attachments import Attachment, file_response
from app.core.forms import ActionForm
from app.core.languages import DEFAULT, REPORT_LANGUAGES
from app.core.pages import render
from app.core.refusals import NotFound
from app.core.texts import _, language
from app.events import queries as events
from app.reports import papers, services
from app.reports.forms import LiftForm, TextForm
from app.reports.models import ReportSnapshot
from app.reports.queries import facts, versions
from app.reports.rules.behind import indicator_changes
from app.reports.rules.comparing import Comparison, compared, compared_figures
from app.reports.rules.forms import FILES, ReportFormat
from app.reports.wording.text_names import text_names

pages = Blueprint("reports_desk", __name__, url_prefix="/desk/reports")
ONE_YEAR = "/<int(min=1900, max=2199):year>"
VERSION = f"{ONE_YEAR}/versions/<int(min=1, max=9999):version>"
PAGE = "reports/desk/report.html"


@pages.get("/")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def reports() -> Response:
    """The years that can be read."""
    this_year = clock.today().year
    locked = versions.locked_years()
    years = {*range(this_year - 5, this_year + 1), 2010, *locked}
    return render(years=sorted(years, reverse=True), locked=locked)


@pages.get(ONE_YEAR)
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def report(year: int) -> Response:
    """The report as it is locked, with all that would differ today; else as it reads today."""
    held = versions.locked(year)
    if held is None:
        return _as_of_today(year, None)
    today = papers.today(year, _language())
    if not held.whole:
        return _as_of_today(year, held, compared_figures(held.figures, today.paper))
    paper = versions.paper_of(held, _language())
    return render(
        paper=paper,
        version=held.version,
        held=held,
        versions=versions.versions(year),
        differences=compared(paper, today.paper),
        counted_anew=indicator_changes(held.indicators, today.behind),
        text_names=text_names(),
        written_in=_language(),
    )


@pages.get(f"{ONE_YEAR}/today")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def today(year: int) -> Response:
    """The report as it would read today, whatever is locked; here its texts are edited."""
    return _as_of_today(year, versions.locked(year))


@pages.get(VERSION)
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def version(year: int, version: int) -> Response:
    """A locked version as it was, the newest or an older one."""
    kept = versions.version(year, version)
    paper = versions.paper_of(kept, _language()) if kept.whole else None
    return render(year=year, kept=kept, paper=paper, files=_files(), written_in=_language())


@pages.get(f"{VERSION}/figures/<ident>")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def kept_figure(year: int, version: int, ident: str) -> Response:
    """Where one figure of a locked version came from: its rule and its rows of then."""
    kept = versions.version(year, version)
    shown = versions.paper_of(kept, _language()).figures().get(ident)
    if shown is None:
        raise NotFound
    return render(year=year, shown=shown, version=version, template="reports/desk/figure.html")


@pages.get(f"{VERSION}/<any(html, text, json):form>/<language>")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def kept_print(year: int, version: int, form: str, language: str) -> Response:
    """A locked version as a file, the same bytes each time."""
    ending, mimetype = FILES[ReportFormat(form)]
    content = versions.print_of(versions.version(year, version), language, ReportFormat(form))
    name = f"torvet-{year}-version-{version}-{language}.{ending}"
    return file_response(Attachment(name, mimetype, content.encode()))


@pages.get(f"{ONE_YEAR}/figures/<ident>")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def figure(year: int, ident: str) -> Response:
    """Where one figure comes from: its rule and its rows."""
    shown = facts.paper(year).figures().get(ident)
    if shown is None:
        raise NotFound
    return render(year=year, shown=shown, version=None)


@pages.route(f"{ONE_YEAR}/texts/<key>", methods=["GET", "POST"])
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
def text(year: int, key: str) -> Response:
    """One text in the editors' words."""
    words = facts.texts(year).get(key)
    if words is None:
        raise NotFound
    form, held = TextForm.over(words), versions.locked(year)
    if form.may_replace(lambda: services.held_text(year, key)):
        services.edit_text(year, key, form.text.every)
        return redirect(url_for(".today" if held else ".report", year=year), 303)
    name = text_names()[key]
    return render(form.status_code, form=form, year=year, name=name, held=held)


@pages.post(f"{ONE_YEAR}/lock")
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
@sent_forms.once
def lock(year: int) -> Response:
    """Keep the report as it reads now."""
    services.lock(year, identity().staff_id)
    return redirect(url_for(".report", year=year), 303)


@pages.route(f"{ONE_YEAR}/lift", methods=["GET", "POST"])
@open_to(StaffRole.ANALYST, StaffRole.ORGANISER)
@sent_forms.once
def lift(year: int) -> Response:
    """Take the lock off, with a reason."""
    held, form = versions.locked(year), LiftForm()
    if held is None:
        raise services.NotLocked(year=year)
    if form.accepted():
        services.lift(year, form.because.data or "", identity().staff_id)
        return redirect(url_for(".report", year=year), 303)
    return render(year=year, held=held, form=form, status=422 if form.errors else 200)


@pages.route("/held/<slug>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def take_back_held(slug: str) -> Response:
    """An event was not held after all: what follows from that, or why it stays."""
    event, form = events.event_by_slug(slug), ActionForm()
    year = clock.year_of(event.starts_at)
    if form.carried_out(lambda: services.take_back_held(event.id)):
        flash(_("The event counts as held no more."), "success")
        return redirect(url_for("events_desk.show", slug=slug), 303)
    locked = versions.year_is_locked(year)
    return render(form.status_code, event=event, form=form, year=year, locked=locked)


def _as_of_today(
    year: int, held: ReportSnapshot | None, differences: Comparison | None = None
) -> Response:
    return render(
        template=PAGE,
        paper=papers.today(year, _language()).paper,
        version=None,
        held=held,
        versions=versions.versions(year),
        text_names=text_names(),
        written_in=_language(),
        differences=differences,
        counted_anew={},
    )


def _files() -> list[tuple[str, str]]:
    return [(form.value, language) for language in REPORT_LANGUAGES for form in FILES]


def _language() -> str:
    """The reader's language, where the report is written in it."""
    return language() if language() in REPORT_LANGUAGES else DEFAULT
