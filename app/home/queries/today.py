"""The team's day: what waits for somebody, what takes place soon, how the festivals fill."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, ScalarSelect, Subquery, and_, func, select

from app.advisory.models import AdvisoryTask
from app.advisory.rules import TaskKind
from app.applications.models import Application
from app.applications.queries.reviewing import needs_look, unsent_changes
from app.applications.rules.states import HAS_PLACE, STALL_ROLES, Role, State
from app.checkin.queries.unseen import unseen
from app.core import clock
from app.core.database import Model, db
from app.core.outbox import Letter, LetterState
from app.events.models import Event
from app.events.rules import RUNNING, WITH_PLAN
from app.organisations.models import Claim, Organisation
from app.organisations.rules import ClaimState
from app.stage.models import Slot
from app.stage.queries.slots import came_free_ahead, is_live
from app.vendors.models import Holding
from app.vendors.rules.states import LIVE as LIVE_HOLDINGS
from app.workshops.models import Admission, Enrolment, Workshop
from app.workshops.queries.arrivals import admitted_by_place
from app.workshops.rules.places import EnrolmentState

AHEAD = timedelta(days=21)
DOOR_SHOWN = timedelta(days=2)


@dataclass(frozen=True)
class WaitingCounts:
    """How many of each kind wait for somebody of the team."""

    to_review: int
    prepared: int
    to_look_at: int
    unsent_changes: int
    unanswered: int
    without_stall: int
    without_slot: int
    free_slots: int
    claims: int
    requisitions: int
    at_the_door: int
    lost_letters: int

    @property
    def nothing(self) -> bool:
        return not any(vars(self).values())


@dataclass(frozen=True)
class Coming:
    """An event of these weeks: seats taken and offered, people in the line, people who came."""

    event: Event
    workshop: Workshop | None
    in_line: int
    arrived: int


@dataclass(frozen=True)
class FestivalCounts:
    """A festival with its applications by role and state."""

    event: Event
    counts: Mapping[Role, Mapping[State, int]]

    def placed(self, role: Role) -> int:
        return sum(self.counts[role].get(state, 0) for state in HAS_PLACE)

    def sent_in(self, role: Role) -> int:
        return sum(self.counts[role].values())


def waiting() -> WaitingCounts:
    """All counts in one statement."""
    statement = select(*(counted.label(name) for name, counted in _counts(clock.now()).items()))
    row = db.session.execute(statement).one()
    return WaitingCounts(**row._asdict())


def coming() -> Sequence[Coming]:
    """Events from this morning until three weeks ahead."""
    now = clock.now()
    morning = clock.local_time(now).replace(hour=0, minute=0, second=0, microsecond=0)
    shown = (Event.state.in_(RUNNING), Event.ends_at >= morning, Event.starts_at <= now + AHEAD)
    came = admitted_by_place(Admission.event_id.in_(select(Event.id).where(*shown)))
    statement = (
        select(Event, Workshop, _in_line(), _arrived(came))
        .outerjoin(Workshop, Workshop.event_id == Event.id)
        .where(*shown)
        .order_by(Event.starts_at, Event.id)
    )
    return [Coming(*row) for row in db.session.execute(statement)]


def festivals() -> Sequence[FestivalCounts]:
    """The festivals not yet over, with where their applications stand."""
    statement = (
        select(Event, Application.role, Application.state, func.count(Application.id))
        .outerjoin(
            Application, (Application.event_id == Event.id) & (Application.state != State.DRAFT)
        )
        .where(
            Event.kind.in_(WITH_PLAN),
            Event.state.in_(RUNNING),
            Event.ends_at >= clock.now(),
        )
        .group_by(Event.id, Application.role, Application.state)
        .order_by(Event.starts_at, Event.id)
    )
    festivals: dict[int, tuple[Event, dict[Role, dict[State, int]]]] = {}
    for event, role, state, number in db.session.execute(statement):
        _, counts = festivals.setdefault(event.id, (event, {each: {} for each in Role}))
        if role is not None:
            counts[Role(role)][State(state)] = number
    return [FestivalCounts(event, counts) for event, counts in festivals.values()]


def _counts(now: datetime) -> dict[str, ScalarSelect[int]]:
    return {
        "to_review": _number(Application, Application.state == State.SUBMITTED, _ahead(now)),
        "prepared": _number(Application, Application.prepared.is_not(None), _ahead(now)),
        "to_look_at": _number(
            Application, Organisation.id == Application.organisation_id, needs_look(), _ahead(now)
        ),
        "unsent_changes": _number(Application, unsent_changes(), _ahead(now)),
        "unanswered": _number(Application, Application.state == State.ASKED, _ahead(now)),
        "without_stall": _number(
            Application,
            Application.role.in_(STALL_ROLES),
            Application.state.in_(HAS_PLACE),
            ~_holds_a_stall(),
            _ahead(now),
        ),
        "without_slot": _number(
            Application,
            Application.role == Role.ACT,
            Application.state.in_(HAS_PLACE),
            ~select(Slot.id).where(Slot.application_id == Application.id, is_live()).exists(),
            _ahead(now),
        ),
        "free_slots": came_free_ahead(now),
        "claims": _number(Claim, Claim.state == ClaimState.OPEN),
        "requisitions": _number(
            AdvisoryTask,
            AdvisoryTask.kind == TaskKind.REQUISITION,
            AdvisoryTask.closed_at.is_(None),
        ),
        "at_the_door": select(func.coalesce(func.sum(unseen(Event.id)), 0))
        .where(Event.ends_at >= now - DOOR_SHOWN)
        .scalar_subquery(),
        "lost_letters": _number(Letter, Letter.state == LetterState.DEAD),
    }


def _number(model: type[Model], *conditions: ColumnElement[bool]) -> ScalarSelect[int]:
    return select(func.count()).select_from(model).where(*conditions).scalar_subquery()


def _ahead(now: datetime) -> ColumnElement[bool]:
    return and_(Event.id == Application.event_id, Event.ends_at >= now)


def _holds_a_stall() -> ColumnElement[bool]:
    return (
        select(Holding.id)
        .where(Holding.application_id == Application.id, Holding.state.in_(LIVE_HOLDINGS))
        .exists()
    )


def _in_line() -> ScalarSelect[int]:
    return (
        select(func.coalesce(func.sum(Enrolment.seats), 0))
        .where(Enrolment.event_id == Event.id, Enrolment.state == EnrolmentState.WAITLISTED)
        .scalar_subquery()
    )


def _arrived(came: Subquery) -> ScalarSelect[int]:
    return (
        select(func.coalesce(func.sum(came.c.admitted), 0))
        .join(Enrolment, Enrolment.id == came.c.enrolment_id)
        .where(Enrolment.event_id == Event.id)
        .scalar_subquery()
    )
