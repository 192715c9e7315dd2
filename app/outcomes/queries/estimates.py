"""What could only be judged: the newest estimate of each event."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import func, select

from app.core import clock
from app.core.database import db
from app.events.models import Event
from app.events.rules import EventState
from app.outcomes.models import Estimate


@dataclass(frozen=True)
class Judged:
    """An estimate beside the event it is of."""

    estimate: Estimate
    event: Event


def newest_estimates(year: int, event_kind: str | None = None) -> list[Judged]:
    """The newest estimate of each event of a kind that was held in the year."""
    start, end = clock.year_bounds(year)
    newest = select(func.max(Estimate.id)).group_by(Estimate.event_id)
    statement = (
        select(Estimate, Event)
        .join(Event, Event.id == Estimate.event_id)
        .where(
            Estimate.id.in_(newest),
            Event.state == EventState.HELD,
            Event.starts_at >= start,
            Event.starts_at < end,
        )
    )
    if event_kind is not None:
        statement = statement.where(Event.kind == event_kind)
    return [Judged(*row) for row in db.session.execute(statement.order_by(Event.starts_at))]
