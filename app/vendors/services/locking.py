"""Locks in one order everywhere: applications, stalls, cabinets, taps, each by id ascending."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeVar

from sqlalchemy import select

from app.applications.models import Application
from app.core.database import db
from app.core.refusals import NotFound
from app.vendors.models import Cabinet, Stall, Tap

Row = TypeVar("Row", Application, Stall, Cabinet, Tap)


@dataclass(frozen=True)
class Locked:
    """Stalls and what feeds them, locked until the transaction ends."""

    stalls: dict[int, Stall]
    cabinets: dict[int, Cabinet]
    taps: dict[int, Tap]


def lock(
    model: type[Row], ids: Iterable[int], missing: type[NotFound] = NotFound
) -> dict[int, Row]:
    """Lock rows by id, ascending, and read them as they are now; refused if one is missing."""
    wanted = sorted(set(ids))
    if not wanted:
        return {}
    statement = (
        select(model)
        .where(model.id.in_(wanted))
        .order_by(model.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    found = {row.id: row for row in db.session.scalars(statement)}
    if len(found) < len(wanted):
        raise missing
    return found


def lock_stalls(ids: Iterable[int]) -> Locked:
    """The stalls first, for only then is it certain which cabinets and taps feed them."""
    stalls = lock(Stall, ids)
    fed = stalls.values()
    cabinets = lock(Cabinet, (one.cabinet_id for one in fed if one.cabinet_id is not None))
    taps = lock(Tap, (one.tap_id for one in fed if one.tap_id is not None))
    return Locked(stalls, cabinets, taps)


def lock_plan(event_id: int) -> None:
    """Every stall of a festival and all that feeds them: nobody is placed meanwhile."""
    for model in (Stall, Cabinet, Tap):
        statement = (
            select(model)
            .where(model.event_id == event_id)
            .order_by(model.id)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        db.session.scalars(statement).all()
