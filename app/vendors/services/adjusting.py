"""What a holding reserves follows what its application asks for, as far as it fits."""

from __future__ import annotations

from contextlib import suppress

from app.applications.models import Application
from app.core import audit
from app.core.database import db
from app.core.refusals import Refusal
from app.vendors.models import Holding
from app.vendors.queries import holdings
from app.vendors.rules.audited import SitePlanVerb
from app.vendors.rules.loads import Draw
from app.vendors.services.guarding import refuse_misfit
from app.vendors.services.locking import Locked, lock, lock_stalls
from app.vendors.services.reserving import draw_of, hose_for, live_holding, unended


def adjust(holding_id: int) -> Holding:
    """Reserve what the application asks for now; refused with the figures if it is too much."""
    holding = live_holding(holding_id)
    locked = lock_stalls([holdings.seat(holding_id).stall_id])
    return _reserve_anew(locked, holding)


def adjust_all(application_id: int) -> None:
    """The same at each stall of an application; what does not fit stays as it was, for the plan
    to show."""
    lock(Application, [application_id])
    seats = {one.id: holdings.seat(one.id) for one in holdings.live_of(application_id)}
    locked = lock_stalls([seat.stall_id for seat in seats.values()])
    for holding_id in seats:
        with suppress(Refusal):
            _reserve_anew(locked, unended(holding_id))


def _reserve_anew(locked: Locked, holding: Holding) -> Holding:
    """What takes no more than before is not weighed: it makes nothing worse."""
    seat = holdings.seat(holding.id)
    application = db.session.get_one(Application, seat.application_id)
    stall = locked.stalls[seat.stall_id]
    draw = draw_of(application, stall, seat.share_amp, None)
    water = hose_for(application, stall, but=holding.id)
    before = Draw(holding.power_amp, holding.phases, holding.phase), holding.water
    if _is_more((draw, water), before):
        refuse_misfit(locked, stall, holding.share_id, draw, water=water, but=holding.id)
    holding.power_amp, holding.phases, holding.phase = draw.amp, draw.phases, draw.phase
    holding.water = water
    if before != (draw, water):
        was = before[0].amp
        audit.record("holding", holding.id, SitePlanVerb.ADJUSTED, power_amp=draw.amp, was=was)
    return holding


def _is_more(after: tuple[Draw, bool], before: tuple[Draw, bool]) -> bool:
    (draw, water), (was, had_water) = after, before
    return (
        draw.amp > was.amp
        or draw.phases > was.phases
        or draw.phase != was.phase
        or (water and not had_water)
    )
