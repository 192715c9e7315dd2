"""Visitors' pages of an application: what one can ask for, the form, where the case stands."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, jsonify, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.forms.answering import AnswerForm
from app.applications.models import Application
from app.applications.queries import asking
from app.applications.role_pages import all_roles, pages_of, unsent_in
from app.applications.rules import moves, states
from app.applications.rules.answers import needs_from
from app.applications.rules.states import Role, State
from app.applications.services import telling, writing
from app.core import clock, sent_forms
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.language_choice import switching
from app.core.limits import limit
from app.core.pages import render
from app.core.steps import CHECK
from app.core.texts import _
from app.events import queries as events
from app.events.rules import Purpose
from app.organisations.queries import actor_of

pages = Blueprint("applications", __name__)
FORM = "/events/<slug>/apply/<role(form):role>"


@pages.get("/events/<slug>/apply")
@open_to(PUBLIC)
def apply(slug: str) -> Response:
    """What one can ask to be at this event, and until when."""
    event = events.public_event(slug)
    window = asking.window_of(event)
    return render(
        event=event,
        window=window,
        phase=events.phase(window, clock.now()),
        roles=all_roles(),
        names=wording.ROLES,
    )


@pages.get(FORM)
@open_to(SIGNED_IN)
def start(slug: str, role: Role) -> Response:
    """Who applies; one who has begun goes on where they left."""
    event, own = events.public_event(slug), pages_of(role)
    starts = asking.starts(identity().email, event.id, role)
    if not starts:
        who = url_for("organisations.who", kind=own.founds, next=request.path)
        return redirect(who, 303)
    begun = starts[0].application
    if len(starts) == 1 and begun is not None:
        return redirect(_onward(begun), 303)
    return render(event=event, starts=starts, own=own)


@pages.post(FORM)
@open_to(SIGNED_IN)
@limit("30 per hour")
@sent_forms.once
def begin(slug: str, role: Role) -> Response:
    """Begin for one organisation, or go on."""
    event = events.public_event(slug)
    organisation_id = request.form.get("organisation", 0, type=int)
    begun = writing.begin(actor_of(identity()), event.id, organisation_id, role)
    return redirect(_onward(begun), 303)


@pages.get(f"{FORM}/<int:application_id>/<key>")
@open_to(SIGNED_IN)
def step(slug: str, role: Role, application_id: int, key: str) -> Response:
    """One step of the form, as it was left."""
    application = _own(slug, role, application_id)
    draft, check = application.written, "check" in request.args
    return render(application=application, page=pages_of(role).steps.page(key, draft, check=check))


@pages.post(f"{FORM}/<int:application_id>/<key>")
@open_to(SIGNED_IN)
def save(slug: str, role: Role, application_id: int, key: str) -> Response:
    """Keep the step, valid or not, and go on when it is valid."""
    application = _saved(slug, role, application_id, key)
    if switching():
        return redirect(_step(application, key), 303)
    if "send" in request.form and application.state != State.DRAFT:
        return _step_sent(application, key)
    onward = pages_of(role).steps.onward(key, application.written)
    if onward == key:
        return redirect(_step(application, key, check=1, back=_back(application)), 303)
    return redirect(_step(application, CHECK if _back(application) else onward), 303)


@pages.post(f"{FORM}/<int:application_id>/<key>/autosave")
@open_to(SIGNED_IN)
def autosave(slug: str, role: Role, application_id: int, key: str) -> Response:
    """Keep one field while the page is open."""
    _saved(slug, role, application_id, key)
    return jsonify(saved=True)


@pages.get(f"{FORM}/<int:application_id>/check")
@open_to(SIGNED_IN)
def check(slug: str, role: Role, application_id: int) -> Response:
    """All answers on one page before they are sent in."""
    return _check_page(_own(slug, role, application_id), 200)


@pages.post(f"{FORM}/<int:application_id>/check")
@open_to(SIGNED_IN)
@sent_forms.once
def submit(slug: str, role: Role, application_id: int) -> Response:
    """Send in, or show what is missing."""
    application, own = _own(slug, role, application_id), pages_of(role)
    details = own.steps.checked(application.written)
    if details is None:
        return _check_page(application, 422)
    own.submit(actor_of(identity()), application_id, details, needs_from(details))
    flash(_("Sent in. We have written to you by mail."), "success")
    return redirect(url_for(".status", application_id=application_id), 303)


@pages.get("/my/applications/<int:application_id>")
@open_to(SIGNED_IN)
def status(application_id: int) -> Response:
    """Where the application stands, the thread, and what can be done next."""
    application = asking.application_for(actor_of(identity()), application_id)
    return _status_page(application.id, AnswerForm())


@pages.post("/my/applications/<int:application_id>/discard")
@open_to(SIGNED_IN)
def discard(application_id: int) -> Response:
    """Forget the corrections that were not sent."""
    writing.discard_changes(actor_of(identity()), application_id)
    flash(_("The corrections are discarded. What you sent before stands."), "success")
    return redirect(url_for(".status", application_id=application_id), 303)


@pages.post("/my/applications/<int:application_id>/answer")
@open_to(SIGNED_IN)
@limit("30 per hour")
@sent_forms.once
def answer(application_id: int) -> Response:
    """Answer the team's question."""
    actor, form = actor_of(identity()), AnswerForm()
    asking.application_for(actor, application_id)
    if not form.accepted():
        return _status_page(application_id, form, 422)
    telling.answer(actor, application_id, form.text.data or "")
    flash(_("Thank you. Your answer is with the team."), "success")
    return redirect(url_for(".status", application_id=application_id), 303)


@pages.post("/my/applications/<int:application_id>/confirm")
@open_to(SIGNED_IN)
def confirm(application_id: int) -> Response:
    """Say yes to the place."""
    telling.confirm(actor_of(identity()), application_id)
    flash(_("You have confirmed. We look forward to seeing you."), "success")
    return redirect(url_for(".status", application_id=application_id), 303)


def _own(slug: str, role: Role, application_id: int) -> Application:
    return asking.application_for(actor_of(identity()), application_id, role, slug)


def _saved(slug: str, role: Role, application_id: int, key: str) -> Application:
    _own(slug, role, application_id)
    typed = pages_of(role).steps.typed(key, request.form)
    return writing.save_draft(actor_of(identity()), application_id, typed)


def _step_sent(application: Application, key: str) -> Response:
    """Send in this step alone; corrections in other steps stay unsent."""
    own, unsent = pages_of(application.role), application.written
    part = own.steps.checked_step(key, unsent)
    if part is None:
        return redirect(_step(application, key, check=1, back=1), 303)
    details, actor = {**application.details, **part}, actor_of(identity())
    own.submit(actor, application.id, details, needs_from(details))
    writing.save_draft(actor, application.id, unsent)
    flash(_("Sent in. We have written to you by mail."), "success")
    return redirect(url_for(".status", application_id=application.id), 303)


def _back(application: Application) -> int | None:
    """Whether "Next" leads back to the page that checks all answers."""
    return 1 if "back" in request.args or application.state != State.DRAFT else None


def _onward(application: Application) -> str:
    """The first step that is not done; of one that was sent in, where it stands."""
    if application.state != State.DRAFT:
        return url_for(".status", application_id=application.id)
    return _step(application, pages_of(application.role).steps.resume(application.written))


def _step(
    application: Application, key: str, check: int | None = None, back: int | None = None
) -> str:
    return url_for(
        ".step",
        slug=application.event.slug,
        role=application.role,
        application_id=application.id,
        key=key,
        check=check,
        back=back,
    )


def _check_page(application: Application, status: int) -> Response:
    answers = pages_of(application.role).steps.answers(application.written)
    page = "applications/check.html"
    return render(
        status, page, application=application, answers=answers, unsent=unsent_in(application)
    )


def _status_page(application_id: int, form: AnswerForm, status: int = 200) -> Response:
    application = asking.application(application_id)
    return render(
        status=status,
        template="applications/status.html",
        application=application,
        own=pages_of(application.role),
        unsent=unsent_in(application),
        thread=asking.thread(application.id),
        rank=asking.rank(application),
        editable=moves.may_edit(application.state, clock.now(), application.event.starts_at),
        apply_by=_apply_by(application),
        form=form,
        states=states,
        wording=wording,
    )


def _apply_by(application: Application) -> datetime | None:
    """The deadline a draft can still meet."""
    if application.state != State.DRAFT:
        return None
    window = events.window(application.event_id, Purpose.APPLICATIONS)
    return window.deadline_at if window and clock.now() < window.deadline_at else None
