"""How much from the door waits for a look of the lead."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, ScalarSelect, func, select

from app.checkin.models import DoubleAdmission, QuarantinedScan, Scan
from app.checkin.queries.looks import looked_at
from app.checkin.queries.overrides import against_rules


def unseen(event_id: Any) -> ColumnElement[int]:
    """Conflicts, entries against the rules and what lies in quarantine, each until looked at."""
    return unseen_conflicts(event_id) + unseen_overrides(event_id) + in_quarantine(event_id)


def unseen_conflicts(event_id: Any) -> ScalarSelect[int]:
    """How many tickets came in twice."""
    return how_many(DoubleAdmission.event_id == event_id, ~looked_at(DoubleAdmission.scan_id))


def unseen_overrides(event_id: Any) -> ScalarSelect[int]:
    """How many were let in although the rules say no."""
    return how_many(*against_rules(event_id), ~looked_at(Scan.id))


def in_quarantine(event_id: Any) -> ScalarSelect[int]:
    """How much lies in quarantine."""
    return how_many(QuarantinedScan.event_id == event_id, QuarantinedScan.outcome.is_(None))


def how_many(*conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    """The number of rows for which these hold, as a part of a larger statement."""
    return select(func.count()).where(*conditions).scalar_subquery()
