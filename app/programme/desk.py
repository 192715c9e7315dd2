"""The team's pages for the year's plan and its registers: list, add, end, hand over."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.core import audit, sent_forms
from app.core.access import StaffRole, open_to
from app.core.edit_forms import EditForm, held
from app.core.pages import render
from app.core.texts import _, _n, local
from app.lists.finding import RowsAtHand
from app.lists.showing import shown
from app.people import queries as people
from app.programme import lists, queries, services, wording
from app.programme.forms import (
    CopyPlanForm,
    EndForm,
    EngagementForm,
    HandOverForm,
    MainAreaForm,
    ProjectForm,
    PublicationForm,
)
from app.programme.models import Registered
from app.programme.queries import YearPlan
from app.programme.rules import EngagementKind

pages = Blueprint("programme_desk", __name__, url_prefix="/desk/programme")

# What each register's trail calls an entry, and how an entry is read by its number.
REGISTERS: dict[str, tuple[str, Callable[[int], Registered]]] = {
    "areas": ("main_area", lambda number: queries.main_area(number).area),
    "engagements": ("engagement", queries.engagement),
    "publications": ("publication", queries.publication),
    "projects": ("project", queries.project),
}


@pages.route("/", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
@sent_forms.once
def areas() -> Response:
    """Main areas and person-years."""
    form = MainAreaForm()
    if form.accepted():
        year, number = form.year.data or 0, form.number.data or 0
        services.add_main_area(year, number, form.name.written, form.hundredths, form.lines)
        return redirect(url_for(".areas"), 303)
    plans = queries.plans()
    return render(
        form=form, plans=plans, copying=_copying(plans), status=422 if form.errors else 200
    )


@pages.post("/copy")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def copy_plan() -> Response:
    """Begin a year's plan as a copy of another's."""
    form = CopyPlanForm()
    if form.accepted():
        copied = services.copy_plan(form.of_year.data or 0, form.to.data or 0)
        flash(
            _n("%(num)s main area is copied.", "%(num)s main areas are copied.", copied), "success"
        )
        return redirect(url_for(".areas"), 303)
    page = "programme/desk/areas.html"
    return render(422, page, form=MainAreaForm(formdata=None), plans=queries.plans(), copying=form)


@pages.route("/areas/<int:area_id>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def area(area_id: int) -> Response:
    """Set right a main area."""
    planned = queries.main_area(area_id)
    form = MainAreaForm.of(planned)
    if form.may_replace(lambda: services.held_area(planned.area)):
        number, name = form.number.data or 0, form.name.written
        services.correct_main_area(planned.area, number, name, form.hundredths, form.lines)
        return _corrected(".areas")
    return _entry("main_area", area_id, form, local(planned.area.name))


@pages.route("/engagements", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
@sent_forms.once
def engagements() -> Response:
    """Engagements in area plans."""
    form = EngagementForm()
    if form.accepted() and form.starts_on.data:
        kind = EngagementKind(form.kind.data)
        name = form.name.data or ""
        services.add_engagement(kind, name, form.starts_on.data, form.ends_on.data)
        return redirect(url_for(".engagements"), 303)
    listed = shown(lists.ENGAGEMENTS, RowsAtHand(queries.engagements()))
    if listed.is_file:
        return listed.file()
    return render(form=form, listed=listed, status=422 if form.errors else 200)


@pages.route("/engagements/<int:engagement_id>/end", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def end(engagement_id: int) -> Response:
    """The last day of an engagement."""
    engagement, form = queries.engagement(engagement_id), EndForm()
    if form.accepted() and form.ends_on.data:
        services.end_engagement(engagement, form.ends_on.data)
        return redirect(url_for(".engagements"), 303)
    return render(form=form, engagement=engagement, status=422 if form.errors else 200)


@pages.route("/publications", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
@sent_forms.once
def publications() -> Response:
    """Publications by year."""
    form = PublicationForm()
    if form.accepted():
        services.add_publication(form.year.data or 0, form.title.written, form.note.written)
        return redirect(url_for(".publications"), 303)
    listed = shown(lists.PUBLICATIONS, RowsAtHand(queries.publications()))
    if listed.is_file:
        return listed.file()
    return render(form=form, listed=listed, status=422 if form.errors else 200)


@pages.route("/projects", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
@sent_forms.once
def projects() -> Response:
    """Projects with their periods."""
    form = ProjectForm()
    if form.accepted() and form.starts_on.data:
        name, note = form.name.data or "", form.note.written
        services.add_project(name, form.starts_on.data, form.ends_on.data, note)
        return redirect(url_for(".projects"), 303)
    listed = shown(lists.PROJECTS, RowsAtHand(queries.projects()))
    if listed.is_file:
        return listed.file()
    return render(form=form, listed=listed, status=422 if form.errors else 200)


@pages.route("/projects/<int:project_id>/hand-over", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
@sent_forms.once
def hand_over(project_id: int) -> Response:
    """A project goes on with another owner."""
    project, form = queries.project(project_id), HandOverForm()
    if form.accepted() and form.last_day.data:
        services.hand_over(project, form.handed_to.data or "", form.last_day.data)
        return redirect(url_for(".projects"), 303)
    return render(form=form, project=project, status=422 if form.errors else 200)


@pages.route("/engagements/<int:engagement_id>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def engagement(engagement_id: int) -> Response:
    """Set right what was written of it."""
    engagement = queries.engagement(engagement_id)
    form = EngagementForm.over(engagement)
    if form.may_replace(lambda: held(engagement)) and form.starts_on.data:
        kind, name = EngagementKind(form.kind.data), form.name.data or ""
        services.correct_engagement(engagement, kind, name, form.starts_on.data, form.ends_on.data)
        return _corrected(".engagements")
    return _entry("engagement", engagement_id, form, engagement.name)


@pages.route("/publications/<int:publication_id>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def publication(publication_id: int) -> Response:
    """Set right what was written of it."""
    publication = queries.publication(publication_id)
    form = PublicationForm.over(publication)
    if form.may_replace(lambda: held(publication)):
        year, title, note = form.year.data or 0, form.title.written, form.note.written
        services.correct_publication(publication, year, title, note)
        return _corrected(".publications")
    return _entry("publication", publication_id, form, local(publication.title))


@pages.route("/projects/<int:project_id>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def project(project_id: int) -> Response:
    """Set right what was written of it."""
    project = queries.project(project_id)
    form = ProjectForm.over(project)
    if form.may_replace(lambda: held(project)) and form.starts_on.data:
        name, note = form.name.data or "", form.note.written
        services.correct_project(project, name, form.starts_on.data, form.ends_on.data, note)
        return _corrected(".projects")
    return _entry("project", project_id, form, project.name)


@pages.post("/<any(areas, engagements, publications, projects):register>/<int:number>/take-back")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def take_back(register: str, number: int) -> Response:
    """It was written by mistake."""
    subject, row = REGISTERS[register]
    services.take_back(subject, row(number))
    flash(_("Taken back. It is counted no more."), "success")
    return redirect(url_for(f".{register}"), 303)


def _entry(subject: str, number: int, form: EditForm, title: str) -> Response:
    entries = audit.of(subject, number)
    register = next(name for name, (kept, _) in REGISTERS.items() if kept == subject)
    return render(
        form.status_code,
        "programme/desk/entry.html",
        form=form,
        title=title,
        back=url_for(f".{register}"),
        entries=entries,
        names=people.names_of_staff(entry.actor for entry in entries),
        verbs=wording.VERBS,
    )


def _corrected(to: str) -> Response:
    flash(_("Corrected."), "success")
    return redirect(url_for(to), 303)


def _copying(plans: Sequence[YearPlan]) -> CopyPlanForm | None:
    """Offered for the year after the newest plan."""
    if not plans:
        return None
    return CopyPlanForm(data={"of_year": plans[0].year, "to": plans[0].year + 1})
