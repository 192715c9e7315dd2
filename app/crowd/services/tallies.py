"""Counters of people without tickets: totals that only grow, merged by maximum."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, cast

from sqlalchemy import Table, case
from sqlalchemy.dialects import postgresql, sqlite

from app.core.database import db
from app.crowd.models import Tally, TallyReading
from app.crowd.queries.tallies import crowd
from app.crowd.rules.estimates import Crowd, Passages
from app.crowd.rules.estimates import crowd as crowd_of
from app.crowd.rules.quarters import begins, quarter_of

# A phone may have counted long before it found a network; an older time is a wrong clock.
OLDEST = timedelta(days=2)


@dataclass(frozen=True, slots=True)
class Counter:
    """One device's counter at one gate."""

    event_id: int
    device: str
    gate: str


def count(
    counter: Counter, stood: Passages, at: datetime | None, now: datetime
) -> tuple[Passages, Crowd]:
    """Merge where a counter stands; returns where it stands now, and the people inside.

    The greater of two totals is the later one, so neither order nor repetition matters.
    """
    moment = at if at is not None and now - OLDEST <= at <= now else now
    values = {
        "event_id": counter.event_id,
        "device": counter.device,
        "gate": counter.gate,
        "entered": stood.entered,
        "left": stood.left,
    }
    quarter_at = begins(quarter_of(moment))
    connection = db.session.connection()
    connection.execute(_merging(TallyReading), {**values, "quarter_at": quarter_at})
    row = connection.execute(_merging(Tally), {**values, "at": moment}).one()
    passed = Passages(row.entered, row.left)
    return passed, crowd(counter.event_id) or crowd_of(passed)


def _merging(model: type[Tally | TallyReading]) -> Any:
    table = cast(Table, model.__table__)
    make = postgresql if db.engine.dialect.name == "postgresql" else sqlite
    statement = make.insert(table)
    grown = {name: _greater(table, statement, name) for name in ("entered", "left")}
    if "at" in table.c:
        grown["at"] = _greater(table, statement, "at")
    merging = statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=grown)
    return merging.returning(table.c.entered, table.c.left)


def _greater(table: Table, statement: Any, name: str) -> Any:
    here, new = table.c[name], statement.excluded[name]
    return case((new > here, new), else_=here)
