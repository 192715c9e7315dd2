"""How much from the door waits for a look of the lead."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from app.checkin.models import DoubleAdmission, QuarantinedScan, Scan
from app.checkin.queries.looks import looked_at
from app.checkin.queries.overrides import against_rules


def unseen(event_id: Any) -> ColumnElement[int]:
    """Conflicts, entries against the rules and what lies in quarantine, each until looked at."""
    return (
        unseen_conflicts(event_id).scalar_subquery()
        + unseen_overrides(event_id).scalar_subquery()
        + unsettled(event_id).scalar_subquery()
    )


def unseen_conflicts(event_id: Any) -> Select[int]:
    """How many tickets came in twice."""
    return _count(DoubleAdmission.event_id == event_id, ~looked_at(DoubleAdmission.scan_id))


def unseen_overrides(event_id: Any) -> Select[int]:
    """How many were let in although the rules say no."""
    return _count(*against_rules(event_id), ~looked_at(Scan.id))


def unsettled(event_id: Any) -> Select[int]:
    """How much lies in quarantine."""
    return _count(QuarantinedScan.event_id == event_id, QuarantinedScan.settled.is_(None))


def _count(*conditions: ColumnElement[bool]) -> Select[int]:
    return select(func.count()).where(*conditions)
