"""The plan as a file, read from one, or copied from another festival."""

from __future__ import annotations

from flask import Response as FileAnswer
from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.core import sent_forms
from app.core.access import StaffRole, open_to
from app.core.attachments import file_response
from app.core.pages import render
from app.core.refusals import Refusal
from app.core.texts import _, _n
from app.events import queries as events
from app.siteplan import papers
from app.siteplan.desk.blueprint import pages
from app.siteplan.forms.files import CopyPlanFromForm, ImportForm
from app.siteplan.queries import things as queries
from app.siteplan.services import copying, importing
from app.siteplan.services.importing import Reading


@pages.get("/<slug>/plan.csv")
@open_to(StaffRole.ORGANISER)
def file(slug: str) -> FileAnswer:
    """Everything on the plan as a table."""
    event = events.event_by_slug(slug)
    return file_response(papers.plan_file(event.id, event.slug))


@pages.route("/<slug>/import", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def read_file(slug: str) -> Response:
    """Look at what a file would do, set it right, and read it in."""
    event, form = events.event_by_slug(slug), ImportForm()
    reading, keep = None, request.form.get("do") == "keep"
    if form.accepted():
        reading = _read(event.id, form, keep=keep)
        if reading and keep and not reading.faults:
            flash(_("The plan was read in."), "success")
            return redirect(url_for(".overview", slug=slug), 303)
    status = 422 if form.errors or (reading and reading.faults) else 200
    return render(status, event=event, form=form, reading=reading)


@pages.route("/<slug>/copy", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def copy(slug: str) -> Response:
    """Begin with another festival's plan."""
    event, form = events.event_by_slug(slug), CopyPlanFromForm()
    festivals = queries.festivals_with_a_plan(event.id)
    form.offer(festivals)

    def carry_over() -> None:
        count = copying.copy_plan(event.id, form.source.data)
        flash(_n("%(num)s stall was copied.", "%(num)s stalls were copied.", count), "success")

    if form.carried_out(carry_over):
        return redirect(url_for(".overview", slug=slug), 303)
    return render(form.status_code, event=event, form=form, festivals=festivals)


def _read(event_id: int, form: ImportForm, *, keep: bool) -> Reading | None:
    try:
        return importing.read_in(event_id, form.text.data or "", keep=keep)
    except Refusal as refusal:
        form.text.errors = [str(refusal)]
        return None
