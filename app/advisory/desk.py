"""The team's pages for advice and requisitions."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.advisory import lists, queries, rules, services, wording
from app.advisory.forms import AdviceForm, RequestForm, WorkshopForm
from app.advisory.models import AdvisoryTask
from app.advisory.rules import RequisitionState, TaskKind
from app.core import audit, sent_forms
from app.core.access import StaffRole, open_to
from app.core.edit_forms import held
from app.core.pages import render
from app.core.texts import _
from app.lists.describing import ListOf
from app.lists.showing import ListPage, shown
from app.people import queries as people
from app.programme import queries as programme

pages = Blueprint("advisory_desk", __name__, url_prefix="/desk")


@pages.route("/advice", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
@sent_forms.once
def advice() -> Response:
    """Log advice in twenty seconds, and see what was logged."""
    form = AdviceForm()
    form.offer(programme.current_areas())
    if form.accepted():
        services.log_advice(form.request, closed=not form.still_open.data)
        flash(_("Logged."), "success")
        return redirect(url_for(".advice"), 303)
    listed = _shown(lists.ADVICE, TaskKind.ADVICE)
    if listed.is_file:
        return listed.file()
    return render(form=form, listed=listed, status=422 if form.errors else 200)


@pages.route("/advisory/<int:task_id>", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def entry(task_id: int) -> Response:
    """Set right what was logged, advice or requisition; see who changed it."""
    task = queries.task(task_id).task
    form = RequestForm.over((task, queries.recipient(task)))
    form.offer(programme.areas_for(task.main_area_id))
    if form.may_replace(lambda: (held(task), queries.recipient(task))):
        services.correct(task, form.request)
        flash(_("Corrected."), "success")
        return redirect(_listed(task), 303)
    entries = audit.of("advisory_task", task_id)
    return render(
        form=form,
        task=task,
        entries=entries,
        names=people.names_of_staff(entry.actor for entry in entries),
        verbs=wording.VERBS,
        back=_listed(task),
        status=form.status_code,
    )


@pages.post("/advisory/<int:task_id>/take-back")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def take_back(task_id: int) -> Response:
    """It was logged by mistake."""
    to = url_for(".advice" if queries.task(task_id).case is None else ".requisitions")
    services.take_back(task_id)
    flash(_("Taken back. It is counted no more."), "success")
    return redirect(to, 303)


@pages.post("/advice/<int:task_id>/close")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def close_advice(task_id: int) -> Response:
    """Nothing more is owed."""
    services.close_advice(queries.task(task_id).task)
    return redirect(url_for(".advice"), 303)


@pages.route("/requisitions", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
@sent_forms.once
def requisitions() -> Response:
    """Requisitions and where each stands."""
    form = RequestForm()
    form.offer(programme.current_areas())
    if form.accepted():
        task = services.take_requisition(form.request)
        return redirect(url_for(".requisition", task_id=task.id), 303)
    listed = _shown(lists.REQUISITIONS, TaskKind.REQUISITION)
    if listed.is_file:
        return listed.file()
    return render(form=form, listed=listed, status=422 if form.errors else 200)


@pages.get("/requisitions/<int:task_id>")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def requisition(task_id: int) -> Response:
    """One case, its next step, and the workshop it became."""
    case = queries.requisition(task_id)
    return render(
        one=case,
        next_state=rules.next_state(case.state),
        state_order=rules.ORDER,
        states=wording.STATES,
        may_make_workshop=case.state in rules.BEFORE_WORKSHOP,
    )


@pages.post("/requisitions/<int:task_id>/<any(agreed, scheduled, held, closed):state>")
@open_to(StaffRole.ORGANISER, StaffRole.ANALYST)
def advance(task_id: int, state: str) -> Response:
    """Take the case a step on."""
    services.advance(task_id, RequisitionState(state))
    return redirect(url_for(".requisition", task_id=task_id), 303)


@pages.route("/requisitions/<int:task_id>/workshop", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def workshop(task_id: int) -> Response:
    """Make the case a workshop that stays linked."""
    case, form = queries.requisition(task_id), WorkshopForm()
    if form.accepted():
        services.make_workshop(task_id, form.plan, form.capacity.data or 0)
        return redirect(url_for(".requisition", task_id=task_id), 303)
    return render(form=form, one=case, status=422 if form.errors else 200)


def _shown(described: ListOf[queries.Listed], kind: TaskKind) -> ListPage[queries.Listed]:
    return shown(described, lists.rows(kind), choices={"year": lists.years(kind)})


def _listed(task: AdvisoryTask) -> str:
    if task.kind is TaskKind.REQUISITION:
        return url_for(".requisition", task_id=task.id)
    return url_for(".advice")
