"""The team's pages for the year's plan and its registers: list, add, end, hand over."""

from __future__ import annotations

from flask import Blueprint, redirect, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.programme import queries, services
from app.programme.forms import (
    EndForm,
    EngagementForm,
    HandOverForm,
    MainAreaForm,
    ProjectForm,
    PublicationForm,
)
from app.programme.rules import EngagementKind

pages = Blueprint("programme_desk", __name__, url_prefix="/desk/programme")


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
    return render(form=form, plans=queries.plans(), status=422 if form.errors else 200)


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
    listed = queries.engagements()
    return render(form=form, engagements=listed, status=422 if form.errors else 200)


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
    listed = queries.publications()
    return render(form=form, publications=listed, status=422 if form.errors else 200)


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
    return render(form=form, projects=queries.projects(), status=422 if form.errors else 200)


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
