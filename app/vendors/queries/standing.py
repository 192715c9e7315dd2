"""Everybody who stands somewhere on a plan, as the rows say at this moment."""

from __future__ import annotations

from sqlalchemy import Row, select

from app.core.database import db
from app.vendors.models import Cabinet, Holding, Stall, StallShare, Tap
from app.vendors.queries.holdings import is_live
from app.vendors.rules.loads import Draw, Supply
from app.vendors.rules.standing import Taken


def everybody(event_id: int) -> list[Taken]:
    """One statement of columns alone: nothing of what this transaction read before is believed."""
    rows = db.session.execute(
        select(
            Holding.id,
            Holding.power_amp,
            Holding.phases,
            Holding.phase,
            Holding.water,
            StallShare.power_amp.label("part_amp"),
            Stall.code.label("stall"),
            Stall.power_amp.label("plug_amp"),
            Stall.phases.label("plug_phases"),
            Stall.blocked_because,
            Cabinet.code.label("cabinet"),
            Cabinet.amp,
            Cabinet.phases.label("cabinet_phases"),
            Tap.code.label("tap"),
            Tap.hoses,
        )
        .join(StallShare, Holding.share_id == StallShare.id)
        .join(Stall, StallShare.stall_id == Stall.id)
        .outerjoin(Cabinet, Stall.cabinet_id == Cabinet.id)
        .outerjoin(Tap, Stall.tap_id == Tap.id)
        .where(Stall.event_id == event_id, is_live())
        .order_by(Stall.position, Stall.id, StallShare.number)
    )
    return [_taken(row) for row in rows]


def _taken(row: Row[*tuple[object, ...]]) -> Taken:
    return Taken(
        holding_id=row.id,
        stall=row.stall,
        draw=Draw(row.power_amp, row.phases, row.phase),
        water=row.water,
        part_amp=row.part_amp,
        plug_amp=row.plug_amp,
        phases=row.plug_phases,
        blocked_because=row.blocked_because,
        supply=Supply(row.cabinet, row.amp, row.cabinet_phases) if row.cabinet else None,
        tap=row.tap,
        hoses=row.hoses or 0,
    )
