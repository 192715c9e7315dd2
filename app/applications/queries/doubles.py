"""Events at which two organisations have both applied for the same."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import aliased

from app.applications.models import Application
from app.applications.rules.states import LIVE, Role
from app.core.database import db
from app.core.texts import local
from app.events.models import Event


@dataclass(frozen=True)
class DoubleApplication:
    """One event and role, with the two applications for it."""

    title: str
    role: Role
    numbers: tuple[int, int]


def double_applications(one_id: int, other_id: int) -> list[DoubleApplication]:
    """Where both have an application that lives: only one of them could."""
    mine, theirs = aliased(Application), aliased(Application)
    same = (mine.event_id == theirs.event_id) & (mine.role == theirs.role)
    statement = (
        select(Event.title, mine.role, mine.id, theirs.id)
        .join(theirs, same)
        .join(Event, Event.id == mine.event_id)
        .where(
            mine.organisation_id == one_id,
            theirs.organisation_id == other_id,
            mine.state.in_(LIVE),
            theirs.state.in_(LIVE),
        )
        .order_by(mine.id)
    )
    return [
        DoubleApplication(local(title), role, (number, other))
        for title, role, number, other in db.session.execute(statement)
    ]
