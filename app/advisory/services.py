"""Logging advice, and taking a requisition from request to close."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import update

from app.advisory import queries, rules
from app.advisory.models import AdvisoryTask, Requisition
from app.advisory.rules import AdvisoryVerb, RequisitionState, TaskKind
from app.core import audit, clock
from app.core.database import db
from app.core.refusals import Refusal
from app.core.texts import _l
from app.events.models import Event
from app.events.services import Plan
from app.events.services import create as create_event
from app.people import services as people
from app.people.models import Person
from app.workshops.services import planning


class TaskStepNotPossible(Refusal):
    """The requisition cannot take that step from where it stands."""

    sentence = _l("The requisition cannot take that step. Look at where it stands now.")


class WorkshopMade(Refusal):
    """The requisition has become a workshop already."""

    sentence = _l("This requisition has become a workshop already.")


@dataclass(frozen=True)
class Request:
    """What someone asks for: who, what about, under which main area."""

    asked_by: str
    subject: str
    email: str = ""
    name: str = ""
    organisation_id: int | None = None
    main_area_id: int | None = None
    minutes: int = 0


def log_advice(request: Request, *, closed: bool = True) -> AdvisoryTask:
    """Note advice given; it is closed at once unless something is still owed."""
    task = _logged(TaskKind.ADVICE, request)
    if closed:
        _close(task)
    return task


def take_requisition(request: Request) -> AdvisoryTask:
    """A requisition comes in and becomes a case."""
    task = _logged(TaskKind.REQUISITION, request)
    db.session.add(Requisition(task_id=task.id, state=RequisitionState.REQUESTED))
    db.session.flush()
    return task


def close_advice(task: AdvisoryTask) -> None:
    """Nothing more is owed."""
    if task.closed_at is not None or task.kind != TaskKind.ADVICE:
        raise TaskStepNotPossible
    _close(task)


def advance(task_id: int, wanted: RequisitionState) -> None:
    """Take a requisition to its next state, or close it early."""
    listed = queries.task(task_id)
    case = listed.case
    if case is None or not rules.may_become(RequisitionState(case.state), wanted):
        raise TaskStepNotPossible
    case.state = wanted
    audit.record("requisition", task_id, AdvisoryVerb(wanted.value))
    if wanted is RequisitionState.CLOSED:
        _close(listed.task)


def make_workshop(task_id: int, plan: Plan, capacity: int) -> Event:
    """Turn a requisition into a workshop that stays linked with it."""
    case = queries.task(task_id).case
    if case is None or case.state not in rules.BEFORE_WORKSHOP:
        raise TaskStepNotPossible
    if case.event_id is not None:
        raise WorkshopMade
    event = create_event(plan)
    planning.open_workshop(event, capacity)
    case.event_id = event.id
    case.state = RequisitionState.SCHEDULED
    audit.record("requisition", task_id, AdvisoryVerb.MADE_WORKSHOP, event=event.id)
    return event


def forget(person: Person) -> None:
    """Empty what was written about a person's requests; the counts stand."""
    db.session.execute(
        update(AdvisoryTask)
        .where(AdvisoryTask.person_id == person.id)
        .values(asked_by="", subject="")
    )


def _logged(kind: TaskKind, request: Request) -> AdvisoryTask:
    person = None
    if request.email:
        person = people.person_for(request.email, request.name)
    task = AdvisoryTask(
        kind=kind,
        asked_by=request.asked_by,
        subject=request.subject,
        person_id=person.id if person else None,
        organisation_id=request.organisation_id,
        main_area_id=request.main_area_id,
        minutes=request.minutes,
        logged_at=clock.now(),
        closed_at=None,
    )
    db.session.add(task)
    db.session.flush()
    audit.record("advisory_task", task.id, AdvisoryVerb.LOGGED, kind=kind.value)
    return task


def _close(task: AdvisoryTask) -> None:
    task.closed_at = clock.now()
    audit.record("advisory_task", task.id, AdvisoryVerb.CLOSED)
