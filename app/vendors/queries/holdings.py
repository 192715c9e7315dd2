"""Who holds what: single rows and the sums that a placing is weighed against."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Row, and_, func, or_, select

from app.applications.models import Application
from app.applications.rules.states import HAS_PLACE, State
from app.core.database import db
from app.core.refusals import NotFound
from app.organisations.models import Organisation
from app.vendors.models import Cabinet, Holding, Stall, StallShare, Zone
from app.vendors.refusals import StallUnknown
from app.vendors.rules.fitting import part_for
from app.vendors.rules.loads import Draw, Supply
from app.vendors.rules.states import LIVE, HoldingState


@dataclass(frozen=True)
class Seat:
    """Where a holding stands and whose it is."""

    holding_id: int
    application_id: int
    event_id: int
    stall_id: int
    stall_code: str
    share_amp: int


@dataclass(frozen=True)
class StallArrival:
    """When somebody with a stall drives in, where, and whom they call there."""

    application_id: int
    stall_code: str
    zone: Mapping[str, str]
    call: str
    arrives_at: datetime


def arrivals(application_ids: Collection[int]) -> Sequence[StallArrival]:
    """The first arrival of each application whose stalls have one, in order of time."""
    statement = (
        select(Holding.application_id, Stall.code, Zone.name, Zone.call, Zone.arrives_at)
        .join(StallShare, Holding.share_id == StallShare.id)
        .join(Stall, StallShare.stall_id == Stall.id)
        .join(Zone, Stall.zone_id == Zone.id)
        .where(Holding.application_id.in_(application_ids), is_live(), Zone.arrives_at.is_not(None))
        .order_by(Zone.arrives_at.desc(), Stall.position.desc(), Stall.id.desc())
    )
    first: dict[int, StallArrival] = {}
    for number, stall_code, zone, call, arrives_at in db.session.execute(statement):
        if arrives_at is not None:
            first[number] = StallArrival(number, stall_code, zone, call, arrives_at)
    return [*reversed(first.values())]


def is_live() -> ColumnElement[bool]:
    return Holding.state.in_(LIVE)


def seat(holding_id: int) -> Seat:
    """Raises NotFound where there is no such holding."""
    row = db.session.execute(
        select(
            Holding.id,
            Holding.application_id,
            Stall.event_id,
            Stall.id,
            Stall.code,
            StallShare.power_amp,
        )
        .join(StallShare, Holding.share_id == StallShare.id)
        .join(Stall, StallShare.stall_id == Stall.id)
        .where(Holding.id == holding_id)
    ).first()
    if row is None:
        raise NotFound
    return Seat(*row)


def stall_by_code(event_id: int, code: str) -> Stall:
    found = db.session.scalar(select(Stall).where(Stall.event_id == event_id, Stall.code == code))
    if found is None:
        raise StallUnknown(stall=code)
    return found


def supply_of(cabinet: Cabinet) -> Supply:
    return Supply(cabinet.code, cabinet.amp, cabinet.phases)


def draws_on(cabinet_id: int, but: int | None = None) -> list[Draw]:
    """What the live holdings take from a cabinet, leaving out the holding `but`."""
    rows = db.session.execute(
        select(Holding.power_amp, Holding.phases, Holding.phase)
        .join(StallShare, Holding.share_id == StallShare.id)
        .join(Stall, StallShare.stall_id == Stall.id)
        .where(Stall.cabinet_id == cabinet_id, is_live(), Holding.id != (but or 0))
    )
    return [Draw(*row) for row in rows]


def hoses_on(tap_id: int, but: int | None = None) -> int:
    """How many live holdings have water from a tap, leaving out the holding `but`."""
    counted = db.session.scalar(
        select(func.count())
        .select_from(Holding)
        .join(StallShare, Holding.share_id == StallShare.id)
        .join(Stall, StallShare.stall_id == Stall.id)
        .where(Stall.tap_id == tap_id, is_live(), Holding.water, Holding.id != (but or 0))
    )
    return int(counted or 0)


def plug_beside(share_id: int, but: int) -> tuple[int, int]:
    """What a part of a stall gives, and what others on that stall take of its plug, leaving out
    the holding `but`."""
    beside = StallShare.__table__.alias("beside")
    taken = (
        select(func.coalesce(func.sum(Holding.power_amp), 0))
        .join(beside, Holding.share_id == beside.c.id)
        .where(beside.c.stall_id == StallShare.stall_id, is_live(), Holding.id != but)
        .correlate(StallShare)
        .scalar_subquery()
    )
    power, used = db.session.execute(
        select(StallShare.power_amp, taken).where(StallShare.id == share_id)
    ).one()
    return int(power), int(used)


def share_to_give(stall_id: int, need_amp: int | None) -> StallShare:
    """The free part of the stall that carries what is asked, or the first part if all are held."""
    held = and_(Holding.share_id == StallShare.id, is_live())
    rows = db.session.execute(
        select(StallShare, Holding.id)
        .outerjoin(Holding, held)
        .where(StallShare.stall_id == stall_id, StallShare.retired.is_(False))
        .order_by(StallShare.number)
        .execution_options(populate_existing=True)
    ).all()
    free = [share for share, holding_id in rows if holding_id is None]
    if not rows:
        raise NotFound
    return part_for(need_amp, free) if free else rows[0][0]


def has_hose(application_id: int, but: int = 0) -> bool:
    """Whether the application has water at another of its stalls than the holding `but`."""
    watered = select(Holding.id).where(
        Holding.application_id == application_id, is_live(), Holding.water, Holding.id != but
    )
    return db.session.scalar(watered.limit(1)) is not None


def has_free_part(stall_id: int) -> bool:
    held = and_(Holding.share_id == StallShare.id, is_live())
    free = (
        select(StallShare.id)
        .outerjoin(Holding, held)
        .where(StallShare.stall_id == stall_id, StallShare.retired.is_(False), Holding.id.is_(None))
    )
    return db.session.scalar(free.limit(1)) is not None


def stall(stall_id: int) -> Stall:
    """The stall with its festival's number; NotFound where there is none."""
    found = db.session.get(Stall, stall_id)
    if found is None:
        raise NotFound
    return found


def live_holding(share_id: int) -> Holding:
    return (
        db.session.scalars(
            select(Holding)
            .where(Holding.share_id == share_id, is_live())
            .order_by(Holding.id.desc())
        ).first()
        or _missing()
    )


def holder_name(holding_id: int) -> str:
    """The name of the organisation that has the holding."""
    name = db.session.scalar(
        select(Organisation.name)
        .join(Application, Application.organisation_id == Organisation.id)
        .join(Holding, Holding.application_id == Application.id)
        .where(Holding.id == holding_id)
    )
    return name or ""


def live_of(application_id: int) -> Sequence[Holding]:
    """The stalls of an application; two for a double stall."""
    return db.session.scalars(
        select(Holding)
        .where(Holding.application_id == application_id, is_live())
        .order_by(Holding.id)
    ).all()


def codes_of(application_id: int) -> Sequence[str]:
    """The numbers of an application's stalls, in the order of the street."""
    return db.session.scalars(
        select(Stall.code)
        .join(StallShare, StallShare.stall_id == Stall.id)
        .join(Holding, Holding.share_id == StallShare.id)
        .where(Holding.application_id == application_id, is_live())
        .order_by(Stall.position)
    ).all()


def live_at(stall_id: int) -> Sequence[Holding]:
    return db.session.scalars(
        select(Holding)
        .join(StallShare, Holding.share_id == StallShare.id)
        .where(StallShare.stall_id == stall_id, is_live())
        .order_by(StallShare.number)
    ).all()


def parts(stall_id: int) -> list[int]:
    """The power of each part the stall is given in, by number."""
    wanted = select(StallShare.power_amp).where(
        StallShare.stall_id == stall_id, StallShare.retired.is_(False)
    )
    return list(db.session.scalars(wanted.order_by(StallShare.number)))


def live_parts(stall_id: int) -> Sequence[Row[Holding, int]]:
    """Who stands on which part of the stall, by the part's number."""
    return db.session.execute(
        select(Holding, StallShare.number)
        .join(StallShare, Holding.share_id == StallShare.id)
        .where(StallShare.stall_id == stall_id, is_live())
        .order_by(StallShare.number)
    ).all()


def stale(now: datetime, event_id: int) -> list[tuple[Holding, bool]]:
    """Live holdings that should have ended, and whether their application still has a place.

    They are locked; those that another transaction is ending already are passed over.
    """
    rows = db.session.execute(
        select(Holding, Application.state)
        .join(Application, Holding.application_id == Application.id)
        .where(_is_stale(now), Application.event_id == event_id)
        .order_by(Holding.id)
        .with_for_update(of=Holding, skip_locked=True)
    )
    return [(holding, State(state) in HAS_PLACE) for holding, state in rows]


def stale_events(now: datetime) -> Sequence[int]:
    """Festivals that have such holdings."""
    return db.session.scalars(
        select(Application.event_id)
        .join(Holding, Holding.application_id == Application.id)
        .where(_is_stale(now))
        .distinct()
        .order_by(Application.event_id)
    ).all()


def to_confirm() -> Sequence[int]:
    """Held for applications that are confirmed by now."""
    return db.session.scalars(
        select(Holding.id)
        .join(Application, Holding.application_id == Application.id)
        .where(Holding.state == HoldingState.HELD, Application.state == State.CONFIRMED)
        .order_by(Holding.id)
    ).all()


def _is_stale(now: datetime) -> ColumnElement[bool]:
    over = and_(
        Holding.state == HoldingState.HELD,
        Holding.held_until <= now,
        Application.state != State.CONFIRMED,
    )
    return and_(is_live(), or_(over, Application.state.not_in(HAS_PLACE)))


def _missing() -> Holding:
    raise NotFound
