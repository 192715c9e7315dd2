"""Closing the applications to an event that is called off, and opening them again."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from sqlalchemy import select

from app.applications import refusals
from app.applications.models import Application
from app.applications.rules.audited import ApplicationVerb
from app.applications.rules.states import LIVE, State, StateReason, Verb
from app.applications.services import deciding
from app.applications.services.rows import locked, note, state_after
from app.core import clock
from app.core.database import db
from app.mailings import services as mailings
from app.mailings.rules.states import About

# What closing changes; JSON holds how it was.
CHANGED = ("state", "reason", "decided_at", "prepared", "prepared_reason", "prepared_by")
# How each application stood, by its number as text.
Stood = dict[str, dict[str, Any]]


def close(event_id: int, because: str) -> tuple[Stood, list[int]]:
    """End every live application of an event that its caller holds; how each stood, and which
    letters to them wait no longer.

    A decision whose letters have not left is taken back first, so that nobody reads both.
    """
    live = select(Application.id).where(
        Application.event_id == event_id, Application.state.in_(LIVE)
    )
    held = [locked(number) for number in db.session.scalars(live.order_by(Application.id)).all()]
    applications = [application for application in held if application.state in LIVE]
    stood = {str(application.id): _closed(application, because) for application in applications}
    db.session.flush()
    numbers = [application.id for application in applications]
    return stood, mailings.let_go(About.APPLICATION, numbers)


def reopen(stood: Mapping[str, Mapping[str, Any]]) -> None:
    """As they stood before `close`: those that nobody has touched since."""
    for number in sorted(map(int, stood)):
        application = locked(number)
        if application.state is State.CANCELLED:
            for name, value in stood[str(number)].items():
                setattr(application, name, _read(name, value))
            note(application, ApplicationVerb.REOPENED)
    db.session.flush()


def _closed(application: Application, because: str) -> dict[str, Any]:
    if application.state_before is not None:
        with suppress(refusals.TooLateToRecall), db.session.begin_nested():
            deciding.taken_back(application)
    stood = {name: _written(getattr(application, name)) for name in CHANGED}
    application.state = state_after(application.state, Verb.CALL_OFF)
    application.reason, application.decided_at = because or StateReason.CALLED_OFF, clock.now()
    application.prepared, application.prepared_reason, application.prepared_by = None, "", None
    application.state_before = None
    note(application, ApplicationVerb.CALLED_OFF)
    return stood


def _written(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _read(name: str, value: Any) -> object:
    if value is None:
        return None
    if name == "decided_at":
        return datetime.fromisoformat(value)
    return State(value) if name in ("state", "prepared") else value
