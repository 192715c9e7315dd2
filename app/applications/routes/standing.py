"""Where an application stands, and what its applicant can do."""

from __future__ import annotations

from datetime import datetime

from flask import flash, redirect, url_for
from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.forms.answering import AnswerForm
from app.applications.models import Application
from app.applications.queries import asking
from app.applications.role_pages import pages_of, unsent_in
from app.applications.routes.blueprint import pages
from app.applications.rules import moves, states
from app.applications.rules.states import State
from app.applications.services import telling, writing
from app.core import clock, sent_forms
from app.core.access import SIGNED_IN, identity, open_to
from app.core.limits import limit
from app.core.pages import render
from app.core.texts import _
from app.events import queries as events
from app.events.rules import Purpose
from app.organisations.queries import actor_of


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


def _status_page(application_id: int, form: AnswerForm, status: int = 200) -> Response:
    application = asking.application(application_id)
    own = pages_of(application.role)
    return render(
        status=status,
        template=own.status_template,
        application=application,
        own=own,
        told=own.told(application),
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
