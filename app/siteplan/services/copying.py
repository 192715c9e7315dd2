"""Last year's plan for this year's festival: everything but who stood there."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import false, select

from app.core import audit, clock
from app.core.database import db
from app.events import queries as events
from app.events.models import Event
from app.siteplan.queries import things as queries
from app.siteplan.refusals import NoPlanToCopy, PlanNotEmpty
from app.siteplan.rules.kinds import FEEDERS, Kind
from app.siteplan.services.editing import held_plan
from app.vendors.models import Stall, StallShare
from app.vendors.rules.audited import SitePlanVerb

NumbersByKind = dict[Kind, dict[int, int]]


def copy_plan(event_id: int, source_id: int) -> int:
    """Copy a festival's plan into one without; how many stalls it has."""
    held_plan(event_id)
    if not queries.is_empty(event_id):
        raise PlanNotEmpty
    if queries.is_empty(source_id):
        raise NoPlanToCopy
    source, event = events.event(source_id), events.event(event_id)
    numbers: NumbersByKind = {}
    for kind in Kind:
        numbers[kind] = {
            row.id: _copied(row, kind, source, event, numbers)
            for row in queries.things(source_id, kind)
        }
    _copy_parts(numbers[Kind.STALL])
    audit.record("event", event_id, SitePlanVerb.COPIED, source=source_id)
    db.session.flush()
    return len(numbers[Kind.STALL])


def _copied(row: Any, kind: Kind, source: Event, event: Event, numbers: NumbersByKind) -> int:
    columns = [column.key for column in row.__table__.columns if column.key != "id"]
    facts = {name: getattr(row, name) for name in columns} | {"event_id": event.id}
    for name, value in facts.items():
        if isinstance(value, datetime):
            facts[name] = clock.shifted(value, source.starts_at, event.starts_at)
        if name in FEEDERS and value is not None:
            facts[name] = numbers[FEEDERS[name]][value]
    made = queries.MODELS[kind](**facts)
    db.session.add(made)
    db.session.flush()
    return int(made.id)


def _copy_parts(stalls: dict[int, int]) -> None:
    """Parts that are no longer given stand for who once had them: they stay behind."""
    parts = (
        select(StallShare)
        .join(Stall, StallShare.stall_id == Stall.id)
        .where(StallShare.stall_id.in_(stalls), StallShare.retired == false())
        .order_by(StallShare.id)
    )
    for part in db.session.scalars(parts).all():
        new = {"number": part.number, "power_amp": part.power_amp}
        db.session.add(StallShare(stall_id=stalls[part.stall_id], **new))
