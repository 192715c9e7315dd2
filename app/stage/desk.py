"""The desk's page of one act."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.forms.desk_forms import CancelForm, desk_forms
from app.applications.queries import reviewing
from app.applications.rules import states
from app.applications.rules.answers import written_again
from app.applications.services import deciding
from app.core.access import StaffRole, identity, open_to
from app.core.pages import render
from app.core.texts import _
from app.stage.forms import STEPS

pages = Blueprint("stage_desk", __name__, url_prefix="/desk/stage")


@pages.get("/applications/<int:application_id>")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER)
def application(application_id: int) -> Response:
    """The answers, the thread, the scores and the decision."""
    case = reviewing.case(application_id, states.Role.ACT, identity().staff_id)
    answers = STEPS.answers(written_again(case.application.details))
    return render(
        case=case,
        answers=answers,
        states=states,
        wording=wording,
        **desk_forms(request.path, case.scores),
    )


@pages.route("/applications/<int:application_id>/cancel", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def cancel(application_id: int) -> Response:
    """The team ends the application; the reason stands in the letter."""
    case = reviewing.case(application_id, states.Role.ACT, identity().staff_id)
    form = CancelForm()
    if not form.accepted():
        return render(422 if form.errors else 200, form=form, application=case.application)
    deciding.cancel(application_id, form.reason.data or "")
    flash(_("Cancelled. They are told by mail."), "success")
    return redirect(url_for(".application", application_id=application_id), 303)
