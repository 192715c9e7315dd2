"""Applications that staff begin for somebody else."""

from __future__ import annotations

from flask import redirect, url_for
from werkzeug.wrappers import Response

from app.applications.desk.blueprint import pages, with_applications
from app.applications.forms.desk_forms import OnBehalfForm
from app.applications.rules.states import Role
from app.applications.services import writing
from app.core import sent_forms
from app.core.access import StaffRole, identity, open_to
from app.core.forms import options
from app.core.pages import render
from app.core.texts import local
from app.organisations import queries as organisations


@pages.get("/desk/applications/new/<int:organisation_id>")
@open_to(StaffRole.ORGANISER)
def new(organisation_id: int) -> Response:
    """Choose what to apply for on somebody's behalf."""
    organisation = organisations.organisation(organisation_id)
    return render(form=_on_behalf_form(), organisation=organisation)


@pages.post("/desk/applications/new/<int:organisation_id>")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def begin(organisation_id: int) -> Response:
    """Begin the application; its form is the applicants' own."""
    form = _on_behalf_form()
    if not form.accepted():
        organisation = organisations.organisation(organisation_id)
        page = "applications/desk/new.html"
        return render(status=422, template=page, form=form, organisation=organisation)
    actor = organisations.actor_of(identity())
    made = writing.begin(actor, form.event.data, organisation_id, Role(form.role.data))
    return redirect(url_for("applications.status", application_id=made.id), 303)


def _on_behalf_form() -> OnBehalfForm:
    form = OnBehalfForm()
    form.event.choices = options((one.id, local(one.title)) for one in with_applications())
    return form
