"""The team ends an act."""

from __future__ import annotations

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.applications.forms.desk_forms import CancelForm
from app.applications.queries import reviewing
from app.applications.rules.states import Role
from app.applications.services import deciding
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.texts import _

pages = Blueprint("stage_desk", __name__, url_prefix="/desk/stage")


@pages.route("/applications/<int:application_id>/cancel", methods=["GET", "POST"])
@open_to(StaffRole.ORGANISER)
def cancel(application_id: int) -> Response:
    """The team ends the application; the reason stands in the letter."""
    application, form = reviewing.sent_in(application_id, Role.ACT), CancelForm()
    if not form.accepted():
        return render(422 if form.errors else 200, form=form, application=application)
    deciding.cancel(application_id, form.reason.data or "")
    flash(_("Cancelled. They are told by mail."), "success")
    case = url_for("applications_desk.case", role=Role.ACT, application_id=application_id)
    return redirect(case, 303)
