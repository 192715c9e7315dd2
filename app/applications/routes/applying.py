"""Visitors' pages of an application: what one can ask for, the form, where the case stands."""

from __future__ import annotations

from datetime import datetime

from flask import flash, jsonify, make_response, redirect, request, url_for
from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.forms.answering import AnswerForm
from app.applications.models import Application
from app.applications.queries import asking
from app.applications.role_pages import all_roles, pages_of, unsent_in
from app.applications.routes.blueprint import pages
from app.applications.rules import merging, moves, states
from app.applications.rules.answers import needs_from
from app.applications.rules.states import Role, State
from app.applications.services import telling, writing
from app.core import clock, sent_forms
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.language_choice import switching
from app.core.limits import limit
from app.core.pages import render
from app.core.steps import CHECK, StepPage
from app.core.texts import _
from app.events import queries as events
from app.events.rules import Purpose
from app.organisations.queries import actor_of

# What the page had seen of its fields, so that an older one overwrites nothing newer.
SEEN = "_seen"
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
    page = pages_of(role).steps.page(key, application.written, check="check" in request.args)
    return _step_page(application, page)


@pages.post(f"{FORM}/<int:application_id>/<key>")
@open_to(SIGNED_IN)
def save(slug: str, role: Role, application_id: int, key: str) -> Response:
    """Keep the step, valid or not, and go on when it is valid."""
    application, clashes = _saved(slug, role, application_id, key)
    if clashes:
        return _step_page(application, _clashing(application, key, clashes), 409)
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


def _saved(slug: str, role: Role, application_id: int, key: str) -> tuple[Application, list[str]]:
    _own(slug, role, application_id)
    typed = pages_of(role).steps.typed(key, request.form)
    seen = request.form.get(SEEN, "")
    return writing.save_page(actor_of(identity()), application_id, typed, seen)


def _step_page(application: Application, page: StepPage, status: int = 200) -> Response:
    seen = merging.marks([field.name for field in page.form], application.written)
    template = "applications/step.html"
    return render(status, template, application=application, page=page, seen=seen)


def _clashing(application: Application, key: str, clashes: list[str]) -> StepPage:
    """The step as it was typed on this page, with what another page wrote at each clash."""
    steps = pages_of(application.role).steps
    page = steps.page(key, {**application.written, **steps.typed(key, request.form)})
    for name in clashes:
        page.form[name].errors = [_clash(application, name)]
    return page


def _clash(application: Application, name: str) -> str:
    parts = pages_of(application.role).steps.answers(application.written)
    text = next(line.text for part in parts for line in part.rows if line.name == name) or "–"
    return _(
        "Elsewhere this was written meanwhile: “%(text)s”. Send again to keep yours.", text=text
    )


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
