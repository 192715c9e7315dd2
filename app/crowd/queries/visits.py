"""How many came to open events, as the gates counted them: what the yearly figures rest on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, literal, select, union_all

from app.core.database import db
from app.crowd.models import Tally, TallyCorrection
from app.crowd.rules.estimates import Passages, Visits, together, visits
from app.crowd.wording import method


@dataclass(frozen=True, slots=True)
class CountedVisits:
    """The estimate of one event with what it rests on, and when it was last counted."""

    visits: Visits
    passed: Passages
    counters: int
    counted_at: datetime

    @property
    def method(self) -> str:
        """How the estimate was made, in words."""
        return method(self.counters, self.passed.entered, self.passed.left)


def counted_visits(event_ids: Collection[int]) -> dict[int, CountedVisits]:
    """Of those of these events where anybody was counted, in one statement."""
    parts = [
        _part(Tally, Tally.at, literal(1), event_ids),
        _part(TallyCorrection, TallyCorrection.made_at, literal(0), event_ids),
    ]
    by_event: dict[int, list[Any]] = defaultdict(list)
    for row in db.session.execute(union_all(*parts)):
        by_event[row.event_id].append(row)
    return {event_id: _together(rows) for event_id, rows in by_event.items()}


def _together(rows: list[Any]) -> CountedVisits:
    passed = together(Passages(int(row.entered), int(row.left)) for row in rows)
    return CountedVisits(
        visits=visits(passed),
        passed=passed,
        counters=sum(int(row.counters) for row in rows),
        counted_at=max(row.last_at for row in rows),
    )


def _part(table: Any, moment: Any, counts: Any, event_ids: Collection[int]) -> Any:
    return (
        select(
            table.event_id.label("event_id"),
            func.sum(table.entered).label("entered"),
            func.sum(table.left).label("left"),
            func.sum(counts).label("counters"),
            func.max(moment).label("last_at"),
        )
        .where(table.event_id.in_(event_ids))
        .group_by(table.event_id)
    )
