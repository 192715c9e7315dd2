"""Visitors' pages that all roles share: what can be applied for, and where the case stands."""

from __future__ import annotations

from datetime import datetime

from flask import Blueprint, flash, redirect, url_for
from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.forms.answering import AnswerForm
from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules import moves, states
from app.applications.services import telling
from app.core import clock
from app.core.access import PUBLIC, SIGNED_IN, identity, open_to
from app.core.limits import limit
from app.core.pages import render
from app.core.texts import _
from app.events import queries as events
from app.events.rules import Purpose
from app.organisations.queries import actor_of

pages = Blueprint("applications", __name__)


@pages.get("/events/<slug>/apply")
@open_to(PUBLIC)
def apply(slug: str) -> Response:
    """What one can ask to be at this event, and until when."""
    event = events.public_event(slug)
    window = events.window(event.id, Purpose.APPLICATIONS)
    offered = event.has.applications and window is not None
    phase = events.phase(window, clock.now())
    return render(event=event, window=window, offered=offered, phase=phase, roles=wording.ROLES)


@pages.get("/my/applications/<int:application_id>")
@open_to(SIGNED_IN)
def status(application_id: int) -> Response:
    """Where the application stands, the thread, and what can be done next."""
    kept = asking.application_for(actor_of(identity()), application_id)
    return _status_page(kept.id, AnswerForm())


@pages.post("/my/applications/<int:application_id>/answer")
@open_to(SIGNED_IN)
@limit("30 per hour")
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
    kept = asking.application(application_id)
    return render(
        status=status,
        template="applications/status.html",
        application=kept,
        thread=asking.thread(kept.id),
        rank=asking.rank(kept),
        editable=moves.may_edit(kept.state, clock.now(), kept.event.starts_at),
        apply_by=_apply_by(kept),
        form=form,
        states=states,
        wording=wording,
    )


def _apply_by(kept: Application) -> datetime | None:
    """The deadline a draft can still meet."""
    if kept.state != states.State.DRAFT:
        return None
    window = events.window(kept.event_id, Purpose.APPLICATIONS)
    return window.deadline_at if window and clock.now() < window.deadline_at else None
