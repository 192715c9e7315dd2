"""Stages and slots as the team sees them: single rows, who plays when, and who has no time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, Select, func, select
from sqlalchemy.orm import contains_eager, joinedload

from app.applications.models import Application
from app.applications.rules.states import HAS_PLACE, Role
from app.core import clock
from app.core.database import db
from app.core.refusals import NotFound
from app.events.models import Event
from app.events.rules import RUNNING
from app.organisations.models import Organisation
from app.stage.models import LineUp, Slot, Stage
from app.stage.rules.placing import Ended, Placing, overlap


def line_up(event_id: int) -> LineUp | None:
    """The event's programme; None before anybody has given a time."""
    return db.session.get(LineUp, event_id)


def is_announced(event_id: int) -> bool:
    """Whether the public sees the programme."""
    programme = line_up(event_id)
    return programme is not None and programme.announced_at is not None


def stages(event_id: int) -> Sequence[Stage]:
    """The stages of an event that are in use, in the order in which they were made."""
    wanted = select(Stage).where(Stage.event_id == event_id, Stage.retired.is_(False))
    return db.session.scalars(wanted.order_by(Stage.id)).all()


def stage(stage_id: int) -> Stage:
    """A stage that is in use; raises NotFound."""
    found = db.session.get(Stage, stage_id)
    if found is None or found.retired:
        raise NotFound
    return found


def is_live() -> ColumnElement[bool]:
    """It stands in the programme."""
    return Slot.ended_at.is_(None)


def has_place() -> ColumnElement[bool]:
    """Its act is coming, as far as anybody knows."""
    return Application.state.in_(HAS_PLACE)


def whole() -> Select[Slot]:
    """Slots with their stages, applications, organisations."""
    return (
        select(Slot)
        .join(Slot.stage)
        .join(Slot.application)
        .join(Application.organisation)
        .options(
            contains_eager(Slot.stage),
            contains_eager(Slot.application).contains_eager(Application.organisation),
        )
    )


def any_slot(slot_id: int) -> Slot:
    """The slot, ended or not; raises NotFound."""
    found = db.session.scalar(whole().where(Slot.id == slot_id))
    if found is None:
        raise NotFound
    return found


def slot(slot_id: int) -> Slot:
    """A slot that stands in the programme; raises NotFound."""
    found = any_slot(slot_id)
    if found.ended_at is not None:
        raise NotFound
    return found


def of_event(event_id: int) -> Sequence[Slot]:
    """All that stand in the programme, in order of time."""
    wanted = whole().where(Stage.event_id == event_id, is_live())
    return db.session.scalars(wanted.order_by(Slot.starts_at, Slot.stage_id, Slot.id)).all()


def placings(event_id: int) -> list[Placing]:
    """Who plays where and when, read as it stands now."""
    rows = db.session.execute(
        select(Slot.id, Slot.stage_id, Slot.application_id, Slot.starts_at, Slot.ends_at)
        .join(Slot.stage)
        .where(Stage.event_id == event_id, is_live())
        .order_by(Slot.starts_at, Slot.id)
    )
    return [Placing(*row) for row in rows]


def acts(event_id: int) -> Sequence[Application]:
    """The acts that have a place at the event, by name."""
    wanted = (
        select(Application)
        .join(Application.organisation)
        .options(contains_eager(Application.organisation))
        .where(Application.event_id == event_id, Application.role == Role.ACT, has_place())
        .order_by(Organisation.sort_text, Application.id)
    )
    return db.session.scalars(wanted).all()


def stale(event_id: int) -> Sequence[Slot]:
    """Slots whose act has no place any more."""
    wanted = whole().where(Stage.event_id == event_id, is_live(), ~has_place())
    return db.session.scalars(wanted.order_by(Slot.id)).all()


def stale_events() -> Sequence[int]:
    """Events that have such slots."""
    wanted = (
        select(Stage.event_id)
        .join(Slot, Slot.stage_id == Stage.id)
        .join(Slot.application)
        .where(is_live(), ~has_place())
        .distinct()
        .order_by(Stage.event_id)
    )
    return db.session.scalars(wanted).all()


def live_of(application_id: int) -> Sequence[Slot]:
    """The times of one act, in order."""
    wanted = whole().where(Slot.application_id == application_id, is_live())
    return db.session.scalars(wanted.order_by(Slot.starts_at, Slot.id)).all()


def ended_with(event_id: int, because: Ended) -> Sequence[Slot]:
    """The slots of an event that ended for that reason."""
    wanted = whole().where(
        Stage.event_id == event_id, Slot.ended_at.is_not(None), Slot.ended_because == because
    )
    return db.session.scalars(wanted.order_by(Slot.starts_at, Slot.id)).all()


def came_free(event_id: int, standing: Sequence[Slot]) -> list[Slot]:
    """What acts gave up, is still to come, and nobody else plays in yet."""
    ahead = clock.now()
    return [
        gone
        for gone in ended_with(event_id, Ended.GIVEN_UP)
        if gone.starts_at > ahead
        and not gone.stage.retired
        and not any(
            one.stage_id == gone.stage_id and overlap(one.placing, gone.placing) for one in standing
        )
    ]


def came_free_ahead(now: datetime) -> ScalarSelect[int]:
    """How many times that acts gave up are still to come and not given anew, of all events."""
    other = Slot.__table__.alias("other")
    taken = (
        select(other.c.id)
        .where(
            other.c.stage_id == Slot.stage_id,
            other.c.ended_at.is_(None),
            other.c.starts_at < Slot.ends_at,
            other.c.ends_at > Slot.starts_at,
        )
        .correlate(Slot)
        .exists()
    )
    wanted = (
        select(func.count(Slot.id))
        .join(Stage, Stage.id == Slot.stage_id)
        .join(Event, Event.id == Stage.event_id)
        .where(
            Slot.ended_because == Ended.GIVEN_UP,
            Slot.starts_at > now,
            Stage.retired.is_(False),
            Event.state.in_(RUNNING),
            ~taken,
        )
    )
    return wanted.scalar_subquery()


def waiting(event_id: int) -> Sequence[Slot]:
    """The slots with letters, of which some may not have left; those that ended too."""
    wanted = (
        select(Slot)
        .join(Slot.stage)
        .where(Stage.event_id == event_id)
        .options(joinedload(Slot.application).joinedload(Application.organisation))
        .order_by(Slot.id)
    )
    return [one for one in db.session.scalars(wanted) if one.letters]
