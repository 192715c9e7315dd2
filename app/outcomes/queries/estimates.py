"""What could only be judged: of each event what staff noted last, else what the gates counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Row, and_, func, select

from app.core import clock
from app.core.database import db
from app.core.texts import _
from app.crowd.queries.visits import CountedVisits, counted_visits
from app.events.models import Event
from app.events.rules import EventState
from app.outcomes.models import Estimate


@dataclass(frozen=True)
class Number:
    """An estimate with its bounds, how it was made, by whom and when."""

    value: int
    low: int
    high: int
    method: str
    source: str
    recorded_at: datetime


@dataclass(frozen=True)
class EventEstimate:
    """An estimate beside the event it is of."""

    estimate: Number
    event: Event


def newest_estimates(year: int, event_kind: str | None = None) -> list[EventEstimate]:
    """The estimate of each event of a kind that was held in the year.

    A noted estimate goes before the count at the gates: who notes one has seen that count.
    """
    rows = _held(year, event_kind)
    counted = counted_visits([event.id for event, noted in rows if noted is None])
    judged = []
    for event, noted in rows:
        if noted is not None:
            judged.append(EventEstimate(_noted(noted), event))
        elif event.id in counted:
            judged.append(EventEstimate(_counted(counted[event.id]), event))
    return judged


def _held(year: int, event_kind: str | None) -> Sequence[Row[Event, Estimate | None]]:
    start, end = clock.year_bounds(year)
    newest = select(func.max(Estimate.id)).group_by(Estimate.event_id)
    statement = (
        select(Event, Estimate)
        .outerjoin(Estimate, and_(Estimate.event_id == Event.id, Estimate.id.in_(newest)))
        .where(
            Event.state == EventState.HELD,
            Event.starts_at >= start,
            Event.starts_at < end,
        )
    )
    if event_kind is not None:
        statement = statement.where(Event.kind == event_kind)
    return db.session.execute(statement.order_by(Event.starts_at, Event.id)).all()


def _noted(estimate: Estimate) -> Number:
    return Number(
        estimate.value,
        estimate.low,
        estimate.high,
        estimate.method,
        estimate.source,
        estimate.recorded_at,
    )


def _counted(counted_visits: CountedVisits) -> Number:
    return Number(
        value=counted_visits.visits.number,
        low=counted_visits.visits.low,
        high=counted_visits.visits.high,
        method=counted_visits.method,
        source=_("The counters at the gates"),
        recorded_at=counted_visits.counted_at,
    )
