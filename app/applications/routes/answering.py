"""The form of a role, step by step, and sending it in."""

from __future__ import annotations

from collections.abc import Mapping

from flask import flash, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications.forms import own_questions
from app.applications.models import Application
from app.applications.role_pages import pages_of, steps_of
from app.applications.routes.blueprint import (
    FORM,
    after_step,
    check_page,
    leads_back,
    missing_facts,
    own_application,
    pages,
    step_address,
)
from app.applications.rules.answers import needs_from
from app.applications.rules.own_questions import with_ended
from app.applications.rules.states import Role, State
from app.applications.services import own_questions as own_question_services
from app.applications.services import writing
from app.core import merging, sent_forms
from app.core.access import SIGNED_IN, identity, open_to
from app.core.edit_forms import written_elsewhere
from app.core.language_choice import switching
from app.core.pages import render
from app.core.steps import StepPage
from app.core.texts import _
from app.organisations.queries import actor_of

# What the page had seen of its fields, so that an older one overwrites nothing newer.
SEEN = "_seen"


@pages.get(f"{FORM}/<int:application_id>/<key>")
@open_to(SIGNED_IN)
def step(slug: str, role: Role, application_id: int, key: str) -> Response:
    """One step of the form, as it was left."""
    application = own_application(slug, role, application_id)
    page = steps_of(application).page(key, application.written, check="check" in request.args)
    return _step_page(application, page)


@pages.post(f"{FORM}/<int:application_id>/<key>")
@open_to(SIGNED_IN)
def save(slug: str, role: Role, application_id: int, key: str) -> Response:
    """Keep the step, valid or not, and go on when it is valid."""
    application, clashes = _saved(slug, role, application_id, key)
    if clashes:
        return _step_page(application, _clashing(application, key, clashes), 409)
    if switching():
        return redirect(step_address(application, key), 303)
    if "send" in request.form and application.state != State.DRAFT:
        return _step_sent(application, key)
    following = steps_of(application).onward(key, application.written)
    if following == key:
        return redirect(step_address(application, key, check=1, back=leads_back(application)), 303)
    return redirect(after_step(application, following), 303)


@pages.post(f"{FORM}/<int:application_id>/<key>/autosave")
@open_to(SIGNED_IN)
def autosave(slug: str, role: Role, application_id: int, key: str) -> Response:
    """Keep one field while the page is open."""
    application, clashes = _saved(slug, role, application_id, key)
    if clashes:
        sentences = [_clash(application, name) for name in clashes]
        return make_response(jsonify(saved=False, clash=" ".join(sentences)), 409)
    names = request.form.getlist("_field")
    return jsonify(saved=True, seen=merging.marks(names, application.written))


@pages.get(f"{FORM}/<int:application_id>/check")
@open_to(SIGNED_IN)
def check(slug: str, role: Role, application_id: int) -> Response:
    """All answers on one page before they are sent in."""
    return check_page(own_application(slug, role, application_id))


@pages.post(f"{FORM}/<int:application_id>/check")
@open_to(SIGNED_IN)
@sent_forms.once
def submit(slug: str, role: Role, application_id: int) -> Response:
    """Send in, or show what is missing."""
    application = own_application(slug, role, application_id)
    details = steps_of(application).checked(application.written)
    if details is None or missing_facts(application):
        return check_page(application, 422)
    _send_in(application, details)
    flash(_("Sent in. We have written to you by mail."), "success")
    return redirect(url_for(".status", application_id=application_id), 303)


def _send_in(
    application: Application, checked: Mapping[str, object], *, answers_own: bool = True
) -> None:
    """Hand what was checked to the role; own questions count as answered in today's words."""
    asked_id, details = application.asked_id, with_ended(checked, application.details)
    own = pages_of(application.role)
    own.submit(actor_of(identity()), application.id, details, needs_from(details))
    if answers_own:
        own_question_services.answered_in(application, asked_id)


def _saved(slug: str, role: Role, application_id: int, key: str) -> tuple[Application, list[str]]:
    application = own_application(slug, role, application_id)
    typed = steps_of(application).typed(key, request.form)
    seen = request.form.get(SEEN, "")
    return writing.save_page(actor_of(identity()), application_id, typed, seen)


def _step_page(application: Application, page: StepPage, status: int = 200) -> Response:
    seen = merging.marks([field.name for field in page.form], application.written)
    template = "applications/step.html"
    return render(status, template, application=application, page=page, seen=seen)


def _clashing(application: Application, key: str, clashes: list[str]) -> StepPage:
    """The step as it was typed on this page, with what another page wrote at each clash."""
    steps = steps_of(application)
    page = steps.page(key, {**application.written, **steps.typed(key, request.form)})
    for name in clashes:
        page.form[name].errors = [_clash(application, name)]
    return page


def _clash(application: Application, name: str) -> str:
    parts = steps_of(application).answers(application.written)
    return written_elsewhere(
        next(line.text for part in parts for line in part.rows if line.name == name)
    )


def _step_sent(application: Application, key: str) -> Response:
    """Send in this step alone; corrections in other steps stay unsent."""
    unsent = application.written
    part = steps_of(application).checked_step(key, unsent)
    if part is None:
        return redirect(step_address(application, key, check=1, back=1), 303)
    _send_in(application, {**application.details, **part}, answers_own=key == own_questions.KEY)
    writing.save_draft(actor_of(identity()), application.id, unsent)
    flash(_("Sent in. We have written to you by mail."), "success")
    return redirect(url_for(".status", application_id=application.id), 303)
