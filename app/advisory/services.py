"""Logging advice, and taking a requisition from request to close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import update
from sqlalchemy.exc import IntegrityError

from app.advisory import queries, rules
from app.advisory.models import AdvisoryTask, Requisition, SortText
from app.advisory.rules import AdvisoryVerb, RequisitionState, TaskKind
from app.core import audit, clock
from app.core.database import db
from app.core.folding import search_text, sort_key
from app.core.numbers import day_text
from app.core.refusals import Refusal
from app.core.texts import _l
from app.events.models import Event
from app.events.services.scheduling import Plan
from app.events.services.scheduling import create as create_event
from app.people import services as people
from app.people.models import Person
from app.workshops.services import planning


class TaskStepNotPossible(Refusal):
    """The requisition cannot take that step from where it stands."""

    sentence = _l("The requisition cannot take that step. Look at where it stands now.")


class WorkshopMade(Refusal):
    """The requisition has become a workshop already."""

    sentence = _l("This requisition has become a workshop already.")


class AskedAbout(Refusal):
    """Somebody was asked what came of it: it must stay."""

    sentence = _l("A survey has been sent about this, so it must stay. Correct it instead.")


class ClosedBefore(Refusal):
    """It would have been closed before it was asked for."""

    field = "day"
    sentence = _l("It was closed on %(day)s. Choose that day or an earlier one.")


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
    # Today where none is told.
    day: date | None = None


def log_advice(request: Request, *, closed: bool = True) -> AdvisoryTask:
    """Note advice given; it is closed at once unless something is still owed."""
    task = _logged(TaskKind.ADVICE, request)
    if closed:
        _close(task, task.logged_at)
    return task


def take_requisition(request: Request) -> AdvisoryTask:
    """A requisition comes in and becomes a case."""
    task = _logged(TaskKind.REQUISITION, request)
    db.session.add(Requisition(task_id=task.id, state=RequisitionState.REQUESTED))
    db.session.flush()
    return task


def correct(task: AdvisoryTask, request: Request) -> None:
    """Set right what was written; what was closed as it was logged moves with its day."""
    at_once = task.closed_at == task.logged_at
    before = _told(task)
    task.asked_by, task.subject = request.asked_by, request.subject
    _make_findable(task)
    task.main_area_id, task.minutes = request.main_area_id, request.minutes
    task.person_id = _recipient(request)
    if request.day is not None and request.day != clock.local_time(task.logged_at).date():
        task.logged_at = rules.moment_of(request.day, clock.now())
    if at_once:
        task.closed_at = task.logged_at
    if task.closed_at is not None and task.closed_at < task.logged_at:
        raise ClosedBefore(day=day_text(task.closed_at))
    changed = [name for name, value in _told(task).items() if value != before[name]]
    if changed:
        audit.record("advisory_task", task.id, AdvisoryVerb.CORRECTED, fields=changed)


def take_back(task_id: int) -> None:
    """What was logged by mistake is gone; that it was there, and who took it back, stays told."""
    listed = queries.task(task_id)
    if listed.event is not None:
        raise WorkshopMade
    facts = {"day": clock.local_time(listed.task.logged_at).date().isoformat()}
    audit.record("advisory_task", task_id, AdvisoryVerb.TAKEN_BACK, kind=listed.task.kind, **facts)
    # Its case goes with it.
    db.session.delete(listed.task)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AskedAbout from error


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


def follow_person(gone: Person, stays: Person) -> None:
    """Two persons turn out to be one: their requests become that one's."""
    theirs = update(AdvisoryTask).where(AdvisoryTask.person_id == gone.id)
    db.session.execute(theirs.values(person_id=stays.id))


def follow_organisation(gone_id: int, stays_id: int) -> None:
    """The same of two organisations."""
    theirs = update(AdvisoryTask).where(AdvisoryTask.organisation_id == gone_id)
    db.session.execute(theirs.values(organisation_id=stays_id))


def forget(person: Person) -> None:
    """Empty what was written about a person's requests; the counts stand."""
    db.session.execute(
        update(AdvisoryTask)
        .where(AdvisoryTask.person_id == person.id)
        .values(asked_by="", subject="", search_text="", sort_text="", asked_by_sort_text="")
    )


def _logged(kind: TaskKind, request: Request) -> AdvisoryTask:
    task = AdvisoryTask(
        kind=kind,
        asked_by=request.asked_by,
        subject=request.subject,
        person_id=_recipient(request),
        organisation_id=request.organisation_id,
        main_area_id=request.main_area_id,
        minutes=request.minutes,
        logged_at=rules.moment_of(request.day, clock.now()),
        closed_at=None,
    )
    _make_findable(task)
    db.session.add(task)
    db.session.flush()
    audit.record("advisory_task", task.id, AdvisoryVerb.LOGGED, kind=kind.value)
    return task


def _make_findable(task: AdvisoryTask) -> None:
    task.search_text = search_text(task.subject, task.asked_by)
    task.sort_text = sort_key(task.subject)[: SortText.length]
    task.asked_by_sort_text = sort_key(task.asked_by)[: SortText.length]


def _recipient(request: Request) -> int | None:
    return people.person_for(request.email, request.name).id if request.email else None


def _told(task: AdvisoryTask) -> dict[str, object]:
    names = ("asked_by", "subject", "main_area_id", "minutes", "person_id", "logged_at")
    return {name: getattr(task, name) for name in names}


def _close(task: AdvisoryTask, moment: datetime | None = None) -> None:
    task.closed_at = moment or clock.now()
    audit.record("advisory_task", task.id, AdvisoryVerb.CLOSED)
