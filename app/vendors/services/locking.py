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
from app.vendors.queries import holdings
from app.vendors.refusals import TapOverloaded, overloaded
from app.vendors.rules import loads
from app.vendors.rules.loads import Draw

Row = TypeVar("Row", Application, Stall, Cabinet, Tap)


@dataclass(frozen=True)
class Locked:
    """Stalls and what feeds them, locked until the transaction ends."""

    stalls: dict[int, Stall]
    cabinets: dict[int, Cabinet]
    taps: dict[int, Tap]

    def refuse_overload(self, stall: Stall, asked: Draw, *, water: bool, but: int) -> None:
        """Raise with the figures if the stall's cabinet or tap cannot carry what is asked
        beside all other holdings than `but`."""
        if stall.cabinet_id is not None:
            cabinet = self.cabinets[stall.cabinet_id]
            draws = holdings.draws_on(cabinet.id, but)
            overload = loads.overload(holdings.supply_of(cabinet), draws, asked)
            if overload:
                raise overloaded(overload)
        if stall.tap_id is not None and water:
            tap = self.taps[stall.tap_id]
            flow = loads.Flow(holdings.hoses_on(tap.id, but), tap.hoses)
            if flow.is_full:
                raise TapOverloaded(tap=tap.code, used=flow.used, limit=flow.limit)


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
