"""Invitations that rest: what they ask about counts as not held, since somebody took that back."""

from __future__ import annotations

from sqlalchemy import ColumnElement, exists, func, select
from sqlalchemy.orm import aliased

from app.core.database import db
from app.events.models import Event
from app.events.rules import EventState
from app.surveys.models import Invitation


def rests() -> ColumnElement[bool]:
    """Whether the event of an invitation is not held; then it is neither answered nor counted."""
    # An event of its own: the statement around may have joined the invitation's.
    asked_about = aliased(Event)
    return exists().where(
        asked_about.id == Invitation.event_id, asked_about.state != EventState.HELD
    )


def number_resting(wave_id: int) -> int:
    """How many invitations of a wave rest."""
    statement = select(func.count()).select_from(Invitation)
    return int(db.session.scalar(statement.where(Invitation.wave_id == wave_id, rests())) or 0)
