"""The desk's page of one association's application."""

from __future__ import annotations

from flask import Blueprint, request
from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.forms.desk_forms import desk_forms
from app.applications.queries import reviewing
from app.applications.rules import states
from app.applications.rules.answers import written_again
from app.associations.forms import STEPS
from app.core.access import StaffRole, identity, open_to
from app.core.pages import render

pages = Blueprint("associations_desk", __name__, url_prefix="/desk/associations")


@pages.get("/applications/<int:application_id>")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER)
def application(application_id: int) -> Response:
    """The answers, the thread, the scores and the decision."""
    case = reviewing.case(application_id, states.Role.ASSOCIATION_STALL, identity().staff_id)
    answers = STEPS.answers(written_again(case.application.details))
    return render(
        case=case,
        answers=answers,
        states=states,
        wording=wording,
        **desk_forms(request.path, case.scores),
    )
