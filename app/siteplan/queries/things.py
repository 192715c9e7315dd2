"""The rows of a plan as an editor needs them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select

from app.core.database import db
from app.core.refusals import NotFound
from app.events.models import Event
from app.siteplan.rules.kinds import Kind
from app.vendors.models import Cabinet, Holding, Landmark, Stall, StallShare, Tap, Zone
from app.vendors.rules import layout
from app.vendors.rules.layout import Rect

Thing = Zone | Cabinet | Tap | Stall | Landmark
MODELS: Mapping[Kind, type[Any]] = {
    Kind.ZONE: Zone,
    Kind.CABINET: Cabinet,
    Kind.TAP: Tap,
    Kind.STALL: Stall,
    Kind.LANDMARK: Landmark,
}
# The column by which a stall names a thing of that kind.
NAMED_BY = {Kind.ZONE: Stall.zone_id, Kind.CABINET: Stall.cabinet_id, Kind.TAP: Stall.tap_id}


def thing(event_id: int, kind: Kind, number: int, *, anew: bool = False) -> Any:
    """The row, read anew where it may have been read before; NotFound where the festival has no
    such thing."""
    row = db.session.get(MODELS[kind], number, populate_existing=anew)
    if row is None or row.event_id != event_id:
        raise NotFound
    return row


def things(event_id: int, kind: Kind) -> Sequence[Any]:
    """All of a kind: stalls in the order of the street, the others as they were made."""
    model = MODELS[kind]
    order = (Stall.position, Stall.id) if kind is Kind.STALL else (model.id,)
    return db.session.scalars(
        select(model).where(model.event_id == event_id).order_by(*order)
    ).all()


def by_code(event_id: int, kind: Kind, code: str) -> Any | None:
    """The thing with this code, if there is one."""
    model = MODELS[kind]
    return db.session.scalar(select(model).where(model.event_id == event_id, model.code == code))


def landmark_at(event_id: int, kind: str, x: int | None, y: int | None) -> Landmark | None:
    """The landmark of a kind that stands exactly there, if there is one."""
    there = select(Landmark).where(
        Landmark.event_id == event_id, Landmark.kind == kind, Landmark.x == x, Landmark.y == y
    )
    return db.session.scalars(there.order_by(Landmark.id)).first()


def is_empty(event_id: int) -> bool:
    """Whether nothing of a plan has been made yet."""
    return not any(
        db.session.scalar(select(model.id).where(model.event_id == event_id).limit(1))
        for model in MODELS.values()
    )


def codes_that_use(kind: Kind, number: int) -> Sequence[str]:
    """The stalls of a zone, a cabinet or a tap."""
    statement = select(Stall.code).where(NAMED_BY[kind] == number)
    return db.session.scalars(statement.order_by(Stall.position, Stall.id)).all()


def plugged_into(cabinet_id: int) -> int:
    """How many stalls take a plug of the cabinet."""
    plugged = select(func.count(Stall.id)).where(
        Stall.cabinet_id == cabinet_id, Stall.power_amp > 0
    )
    return int(db.session.scalar(plugged) or 0)


def has_history(stall_id: int) -> bool:
    """Whether the stall was ever given to somebody."""
    given = (
        select(Holding.id)
        .join(StallShare, Holding.share_id == StallShare.id)
        .where(StallShare.stall_id == stall_id)
    )
    return db.session.scalar(given.limit(1)) is not None


def neighbours(stall: Stall) -> list[Stall]:
    """The open stalls that stand beside this one in its row."""
    row = [one for one in things(stall.event_id, Kind.STALL) if not one.blocked_because]
    pairs = layout.neighbours(
        [(one.code, Rect(one.x, one.y, one.frontage_cm, one.depth_cm)) for one in row]
    )
    beside = {code for pair in pairs if stall.code in pair for code in pair}
    return [one for one in row if one.code in beside and one.id != stall.id]


def joined_to(stall: Stall) -> Stall | None:
    """The neighbour that was joined to this stall, if there is one."""
    joined = select(Stall).where(
        Stall.event_id == stall.event_id, Stall.blocked_because == stall.joined_mark
    )
    return db.session.scalars(joined.order_by(Stall.id)).first()


def last_position(event_id: int) -> int:
    """The place in the street of the last stall; -1 where there is none."""
    last = db.session.scalar(select(func.max(Stall.position)).where(Stall.event_id == event_id))
    return -1 if last is None else int(last)


def festivals_with_a_plan(but: int) -> Sequence[Event]:
    """Other festivals that have stalls, the latest first."""
    planned = select(Stall.event_id).distinct()
    statement = select(Event).where(Event.id.in_(planned), Event.id != but)
    return db.session.scalars(statement.order_by(Event.starts_at.desc(), Event.id.desc())).all()
