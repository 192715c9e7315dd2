"""The page of one application, and what is posted from it."""

from __future__ import annotations

from flask import flash, redirect, request
from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.desk.blueprint import again, back, pages
from app.applications.forms.desk_forms import AskForm, CaseForms, ScoreForm
from app.applications.queries import reviewing
from app.applications.role_pages import pages_of, steps_sent, unsent_in
from app.applications.rules import states
from app.applications.rules.states import Role
from app.applications.services import deciding
from app.core import sent_forms
from app.core.access import StaffRole, identity, open_to
from app.core.pages import render
from app.core.texts import _
from app.people import queries as people


@pages.get("/desk/<role(desk):role>/applications/<int:application_id>")
@open_to(StaffRole.ORGANISER, StaffRole.REVIEWER)
def case(role: Role, application_id: int) -> Response:
    """The answers, the thread, the scores, the decision, and what the role shows beside them."""
    case, own = reviewing.case(application_id, role, identity().staff_id), pages_of(role)
    return render(
        template=own.case_template,
        case=case,
        own=own,
        answers=steps_sent(case.application).answers(case.application.sent),
        unsent=unsent_in(case.application),
        beside=own.beside(case.application),
        names=people.names_of_staff(entry.actor for entry in case.entries),
        states=states,
        wording=wording,
        forms=CaseForms.leading_to(request.path, case.scores),
    )


@pages.post("/desk/applications/<int:application_id>/score")
@open_to(StaffRole.REVIEWER, StaffRole.ORGANISER)
def score(application_id: int) -> Response:
    """Give one's own score; after that the others' are shown."""
    form = ScoreForm()
    if not form.accepted():
        return again(form, _("Your score"), _("Save the score"))
    deciding.score(
        identity().staff_id or 0, application_id, form.score.data, form.comment.data or ""
    )
    flash(_("Your score is saved."), "success")
    return redirect(back(), 303)


@pages.post("/desk/applications/<int:application_id>/ask")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def ask(application_id: int) -> Response:
    """Ask the applicant something."""
    form = AskForm()
    if not form.accepted():
        return again(form, _("Ask the applicant something"), _("Send the question"))
    deciding.ask(application_id, form.question.data or "", form.deadline())
    flash(_("The question is sent."), "success")
    return redirect(back(), 303)


@pages.post("/desk/applications/<int:application_id>/ask-for-changes")
@open_to(StaffRole.ORGANISER)
@sent_forms.once
def ask_for_changes(application_id: int) -> Response:
    """Ask the applicant to send the corrections that wait with them."""
    deciding.ask_for_changes(application_id)
    flash(_("We have written to the applicant."), "success")
    return redirect(back(), 303)


@pages.post("/desk/applications/<int:application_id>/looked")
@open_to(StaffRole.ORGANISER)
def looked(application_id: int) -> Response:
    """What changed after acceptance has been seen."""
    deciding.looked(application_id)
    return redirect(back(), 303)


@pages.post("/desk/applications/<int:application_id>/recall")
@open_to(StaffRole.ORGANISER)
def recall(application_id: int) -> Response:
    """Take a released decision back before its letters leave."""
    deciding.recall(application_id)
    flash(_("The decision is taken back. No letter has left."), "success")
    return redirect(back(), 303)
