"""Requests for help by year, kind and recipient."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from app.advisory.models import AdvisoryTask, Requisition
from app.advisory.rules import RequisitionState, TaskKind
from app.core import clock
from app.core.database import db
from app.core.refusals import NotFound
from app.events.models import Event
from app.people.models import Person
from app.programme.models import MainArea

LISTED = 300


@dataclass(frozen=True)
class Listed:
    """A task in a list, with its main area, its case and the workshop it became."""

    task: AdvisoryTask
    area: MainArea | None
    case: Requisition | None
    event: Event | None


@dataclass(frozen=True)
class AdvisedPerson:
    """A person with an address, and the first of their tasks closed in the period."""

    person_id: int
    task_id: int
    closed_at: datetime


def tasks(kind: TaskKind, limit: int = LISTED) -> Sequence[Listed]:
    """Tasks of a kind, open ones first, then the newest."""
    rows = db.session.execute(
        _with_case()
        .where(AdvisoryTask.kind == kind)
        .order_by(AdvisoryTask.closed_at.is_not(None), AdvisoryTask.logged_at.desc())
        .limit(limit)
    )
    return [Listed(*row) for row in rows]


def task(task_id: int) -> Listed:
    """The task with this number; raises NotFound."""
    row = db.session.execute(_with_case().where(AdvisoryTask.id == task_id)).first()
    if row is None:
        raise NotFound
    return Listed(*row)


def recipient(task: AdvisoryTask) -> Person | None:
    """Whom the task was for, where they have an address."""
    return db.session.get(Person, task.person_id) if task.person_id else None


@dataclass(frozen=True)
class RequisitionCase:
    """A requisition with its task and the workshop it became."""

    task: AdvisoryTask
    state: RequisitionState
    area: MainArea | None
    event: Event | None


def requisition(task_id: int) -> RequisitionCase:
    """The requisition with this number; raises NotFound."""
    found = task(task_id)
    if found.case is None:
        raise NotFound
    return RequisitionCase(found.task, RequisitionState(found.case.state), found.area, found.event)


def _with_case() -> Any:
    return (
        select(AdvisoryTask, MainArea, Requisition, Event)
        .outerjoin(MainArea, MainArea.id == AdvisoryTask.main_area_id)
        .outerjoin(Requisition, Requisition.task_id == AdvisoryTask.id)
        .outerjoin(Event, Event.id == Requisition.event_id)
    )


def open_requisitions() -> int:
    """How many requisitions are not closed."""
    statement = select(func.count()).where(
        AdvisoryTask.kind == TaskKind.REQUISITION, AdvisoryTask.closed_at.is_(None)
    )
    return db.session.scalar(statement) or 0


def closed_in(year: int) -> Mapping[TaskKind, int]:
    """How many tasks of each kind were closed in a year."""
    start, end = clock.year_bounds(year)
    rows = db.session.execute(
        select(AdvisoryTask.kind, func.count())
        .where(AdvisoryTask.closed_at >= start, AdvisoryTask.closed_at < end)
        .group_by(AdvisoryTask.kind)
    )
    counts = {TaskKind(kind): number for kind, number in rows}
    return {kind: counts.get(kind, 0) for kind in TaskKind}


def closed_tasks(year: int, kind: TaskKind) -> Sequence[AdvisoryTask]:
    """The tasks of a kind that were closed in a year, in the order they were."""
    start, end = clock.year_bounds(year)
    closed = (AdvisoryTask.closed_at >= start, AdvisoryTask.closed_at < end)
    return db.session.scalars(
        select(AdvisoryTask)
        .where(AdvisoryTask.kind == kind, *closed)
        .order_by(AdvisoryTask.closed_at, AdvisoryTask.id)
    ).all()


def recipients(start: datetime, end: datetime) -> Sequence[AdvisedPerson]:
    """Everyone with an address whose task was closed from `start` until before `end`, once each."""
    first = (
        select(
            AdvisoryTask.person_id,
            AdvisoryTask.id,
            AdvisoryTask.closed_at,
            func.row_number()
            .over(
                partition_by=AdvisoryTask.person_id,
                order_by=(AdvisoryTask.closed_at, AdvisoryTask.id),
            )
            .label("place"),
        )
        .where(
            AdvisoryTask.person_id.is_not(None),
            AdvisoryTask.closed_at >= start,
            AdvisoryTask.closed_at < end,
        )
        .subquery()
    )
    rows = db.session.execute(
        select(first.c.person_id, first.c.id, first.c.closed_at)
        .where(first.c.place == 1)
        .order_by(first.c.person_id)
    )
    return [AdvisedPerson(*row) for row in rows]


def about(person_id: int) -> dict[str, object]:
    """What is kept of a person here."""
    rows = db.session.scalars(
        select(AdvisoryTask).where(AdvisoryTask.person_id == person_id).order_by(AdvisoryTask.id)
    )
    return {
        "advice": [
            {
                "kind": one.kind,
                "asked_by": one.asked_by,
                "subject": one.subject,
                "logged": one.logged_at.isoformat(),
                "closed": one.closed_at.isoformat() if one.closed_at else None,
            }
            for one in rows
        ]
    }
