"""Requests for help by year, kind and recipient."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, func, select

from app.advisory.models import AdvisoryTask, Requisition
from app.advisory.rules import RequisitionState, TaskKind
from app.core import clock
from app.core.database import db
from app.core.refusals import NotFound
from app.events.models import Event
from app.people.models import Person
from app.programme.models import MainArea


@dataclass(frozen=True)
class Listed:
    """A task in a list, with its main area, its case, the workshop it became and its recipient."""

    task: AdvisoryTask
    area: MainArea | None
    case: Requisition | None
    event: Event | None
    person: Person | None


@dataclass(frozen=True)
class AdvisedPerson:
    """A person with an address, and the first of their tasks closed in the period."""

    person_id: int
    task_id: int
    closed_at: datetime


def tasks(kind: TaskKind) -> list[Listed]:
    """All tasks of a kind, open ones first, then the newest."""
    by = (AdvisoryTask.closed_at.is_not(None), AdvisoryTask.logged_at.desc(), AdvisoryTask.id)
    return _listed(_with_case().where(AdvisoryTask.kind == kind).order_by(*by))


def numbers(kind: TaskKind) -> Select[int]:
    """The numbers of the tasks of a kind, with all that a list narrows and orders them by."""
    return (
        select(AdvisoryTask.id)
        .outerjoin(MainArea, MainArea.id == AdvisoryTask.main_area_id)
        .outerjoin(Requisition, Requisition.task_id == AdvisoryTask.id)
        .where(AdvisoryTask.kind == kind)
    )


def numbered(task_ids: Collection[int]) -> list[Listed]:
    """The tasks with these numbers."""
    return _listed(_with_case().where(AdvisoryTask.id.in_(task_ids)))


def years(kind: TaskKind) -> list[int]:
    """Every year from the first in which a task of the kind was logged, the newest first."""
    first, last = db.session.execute(
        select(func.min(AdvisoryTask.logged_at), func.max(AdvisoryTask.logged_at)).where(
            AdvisoryTask.kind == kind
        )
    ).one()
    return [] if first is None else [*range(clock.year_of(last), clock.year_of(first) - 1, -1)]


def logged_in(year: int) -> ColumnElement[bool]:
    """Whether a task was logged in that year in Copenhagen."""
    start, end = clock.year_bounds(year)
    return and_(AdvisoryTask.logged_at >= start, AdvisoryTask.logged_at < end)


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


def _listed(statement: Any) -> list[Listed]:
    return [Listed(*row) for row in db.session.execute(statement)]


def _with_case() -> Any:
    return (
        select(AdvisoryTask, MainArea, Requisition, Event, Person)
        .outerjoin(MainArea, MainArea.id == AdvisoryTask.main_area_id)
        .outerjoin(Requisition, Requisition.task_id == AdvisoryTask.id)
        .outerjoin(Event, Event.id == Requisition.event_id)
        .outerjoin(Person, Person.id == AdvisoryTask.person_id)
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
