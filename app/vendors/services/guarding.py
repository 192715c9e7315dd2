"""Whether stall, part, plug, phases, cabinet and tap carry one holding more, or as many as before
when the plan itself changes: asked here alone."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from app.core.database import db
from app.vendors.models import Cabinet, Stall, Tap
from app.vendors.queries import holdings
from app.vendors.queries.standing import everybody
from app.vendors.refusals import misfitting, standing_beyond
from app.vendors.rules import loads, standing
from app.vendors.rules.fitting import Need, StallOffer, limit_passed
from app.vendors.rules.loads import Draw, Flow
from app.vendors.services.locking import Locked


def refuse_misfit(
    locked: Locked, stall: Stall, share_id: int, asked: Draw, *, water: bool, but: int
) -> None:
    """Raise with the figures where a limit is passed by what is asked beside all other holdings
    than `but`. Every verb that makes a holding or changes one comes through here, with the
    stall, its cabinet and its tap locked.
    """
    need = Need(asked.amp, asked.phases, water)
    offer = _offered(locked, stall, share_id, but, water=water)
    misfit = limit_passed(need, offer)
    if misfit:
        raise misfitting(misfit, stall.code, asked, offer)


@contextmanager
def standing_kept(event_id: int) -> Iterator[None]:
    """Change the plan within this: refused with the figures where somebody who stands within a
    limit would be beyond it. The plan is locked before (`locking.lock_plan`).
    """
    before = standing.beyond(everybody(event_id))
    yield
    db.session.flush()
    passed = standing.newly(before, standing.beyond(everybody(event_id)))
    if passed:
        raise standing_beyond(passed, holdings.holder_name(passed.holding_id))


def _offered(locked: Locked, stall: Stall, share_id: int, but: int, *, water: bool) -> StallOffer:
    """What the part gives, read anew under the locks."""
    cabinet, tap = _feeders(locked, stall)
    load = None
    if cabinet:
        draws = holdings.draws_on(cabinet.id, but)
        load = loads.cabinet_load(holdings.supply_of(cabinet), draws)
    part_amp, plug_used = holdings.plug_beside(share_id, but)
    return StallOffer(
        power_amp=part_amp,
        phases=min(stall.phases, cabinet.phases) if cabinet else stall.phases,
        phase=stall.phase,
        has_tap=tap is not None,
        blocked_because=stall.blocked_because,
        cabinet=cabinet.code if cabinet else "",
        tap=tap.code if tap else "",
        load=load,
        flow=Flow(holdings.hoses_on(tap.id, but), tap.hoses) if tap and water else None,
        plug_amp=stall.power_amp,
        plug_used=plug_used,
    )


def _feeders(locked: Locked, stall: Stall) -> tuple[Cabinet | None, Tap | None]:
    return (
        None if stall.cabinet_id is None else locked.cabinets[stall.cabinet_id],
        None if stall.tap_id is None else locked.taps[stall.tap_id],
    )
