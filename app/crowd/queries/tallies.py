"""People counted by hand, without tickets: inside now, by gate, by quarter of an hour."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, func, literal, null, select, union_all

from app.checkin.queries.board import board
from app.core.database import db
from app.crowd.models import Tally, TallyCorrection, TallyReading
from app.crowd.rules import estimates as rules
from app.crowd.rules.estimates import CounterReading, Crowd, Passages, Visits
from app.crowd.rules.quarters import quarter_of
from app.crowd.wording import method
from app.devices.models import DoorRule
from app.devices.rules import limits
from app.devices.rules.limits import Inside, Limit
from app.events.models import Event


@dataclass(frozen=True, slots=True)
class Counted:
    """All that the counters of an event tell, the desk's corrections included; `by_quarter` by the
    quarter's number since 1970.

    Ticket holders are counted by their scans; they are in `crowd` where the limit looks at them.
    """

    passed: Passages
    crowd: Crowd
    visits: Visits
    by_gate: dict[str, Passages]
    by_quarter: dict[int, Passages]
    most_inside: int
    counters: int

    @property
    def method(self) -> str:
        """How the estimate was made, in words."""
        return method(self.counters, self.passed.entered, self.passed.left)


LIMIT = (DoorRule.most_inside, DoorRule.warn_at, DoorRule.limit_of)


class _Row(NamedTuple):
    """What a counter stood at when, or what the desk added (a correction has no counter)."""

    counter: str | None
    gate: str
    at: datetime
    is_reading: bool
    passed: Passages


def crowd(event_id: int) -> Crowd | None:
    """The people inside; None where nobody counts and no limit is set."""
    statement = (
        select(
            func.count(Tally.device) + _corrected(func.count()),
            func.coalesce(func.sum(Tally.entered), 0) + _corrected(_sum(TallyCorrection.entered)),
            func.coalesce(func.sum(Tally.left), 0) + _corrected(_sum(TallyCorrection.left)),
            *LIMIT,
        )
        .select_from(Event)
        .outerjoin(Tally, Tally.event_id == Event.id)
        .outerjoin(DoorRule, (DoorRule.event_id == Event.id) & (DoorRule.gate == ""))
        .where(Event.id == event_id)
        .group_by(Event.id, *LIMIT)
    )
    row = db.session.execute(statement).first()
    if row is None or not (row[0] or row[3]):
        return None
    passed = Passages(int(row[1]), int(row[2]))
    limit = limit_of(*row[3:])
    return rules.crowd(passed, limit, _holders(event_id, limit))


def counted(event_id: int) -> Counted | None:
    """Everything that was counted; None where nobody counts and no limit is set."""
    rule = db.session.execute(
        select(*LIMIT).where(DoorRule.event_id == event_id, DoorRule.gate == "")
    ).first()
    return counted_within(event_id, limit_of(*rule) if rule else limits.NO_LIMIT)


def counted_within(event_id: int, limit: Limit) -> Counted | None:
    """counted where the limit is known already: one statement, unless it looks at tickets."""
    rows = _rows(event_id)
    if not rows and limit.most is None:
        return None
    stood = [row for row in rows if not row.is_reading]
    by_quarter = _by_quarter(rows)
    passed = rules.together(row.passed for row in stood)
    now = rules.crowd(passed, limit, _holders(event_id, limit))
    return Counted(
        passed=passed,
        crowd=now,
        visits=rules.visits(passed),
        by_gate={
            gate: rules.together(row.passed for row in stood if row.gate == gate)
            for gate in sorted({row.gate for row in stood})
        },
        by_quarter=by_quarter,
        most_inside=max(passed.inside, rules.most_inside(by_quarter)),
        counters=len({row.counter for row in stood} - {None}),
    )


def limit_of(most: int | None, warn_at: int | None, of: str | None) -> Limit:
    """The limit as its columns stand."""
    known = limits.WARN_AT if warn_at is None else warn_at
    return Limit(most, known, Inside(of or Inside.COUNTED))


def _holders(event_id: int, limit: Limit) -> int:
    """Ticket holders inside, asked only where the limit looks at them."""
    return 0 if limit.of == Inside.COUNTED else board(event_id)[2]


def _by_quarter(rows: Sequence[_Row]) -> dict[int, Passages]:
    """What the counters moved, and the corrections in the quarter in which they were made."""
    readings = [
        CounterReading(row.counter or "", quarter_of(row.at), row.passed)
        for row in rows
        if row.is_reading
    ]
    passed = rules.by_quarter(readings)
    for row in rows:
        if row.counter is None:
            quarter = quarter_of(row.at)
            before = passed.get(quarter, Passages())
            passed[quarter] = rules.together([before, row.passed])
    return passed


def _rows(event_id: int) -> list[_Row]:
    parts = union_all(
        _part(Tally, Tally.device, Tally.at, False, event_id),
        _part(TallyReading, TallyReading.device, TallyReading.quarter_at, True, event_id),
        _part(TallyCorrection, null().cast(String), TallyCorrection.made_at, False, event_id),
    ).subquery()
    columns = (parts.c.device, parts.c.gate, parts.c.moment, parts.c.is_reading)
    rows = db.session.execute(select(*columns, parts.c.entered, parts.c.left))
    return [
        _Row(device and f"{device}@{gate}", gate, at, bool(reading), Passages(int(came), int(went)))
        for device, gate, at, reading, came, went in rows
    ]


def _part(table: Any, device: Any, moment: Any, is_reading: bool, event_id: int) -> Any:
    return select(
        device.label("device"),
        table.gate.label("gate"),
        moment.label("moment"),
        literal(is_reading).label("is_reading"),
        table.entered.label("entered"),
        table.left.label("left"),
    ).where(table.event_id == event_id)


def _corrected(column: Any) -> Any:
    return (
        select(column)
        .select_from(TallyCorrection)
        .where(TallyCorrection.event_id == Event.id)
        .correlate(Event)
        .scalar_subquery()
    )


def _sum(column: Any) -> Any:
    return func.coalesce(func.sum(column), 0)
