"""What whoever stands somewhere takes, and where that is more than the plan gives by now."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from app.vendors.rules.fitting import LIMITS, Misfit, Need, StallOffer, misfits
from app.vendors.rules.loads import Draw, Flow, Supply, cabinet_load, fullest


@dataclass(frozen=True)
class Taken:
    """A live holding with the stall, the cabinet and the tap behind it."""

    holding_id: int
    stall: str
    draw: Draw
    water: bool
    part_amp: int
    plug_amp: int
    phases: int
    blocked_because: str
    supply: Supply | None
    tap: str | None
    hoses: int


@dataclass(frozen=True)
class Beyond:
    """A limit that a holding is beyond: `used` of `limit`, at the cabinet's phase or the tap."""

    holding_id: int
    stall: str
    misfit: Misfit
    used: int
    limit: int
    feeder: str = ""
    phase: int | None = None


def beyond(everybody: Sequence[Taken]) -> list[Beyond]:
    """Every limit that is passed, in the order of those who stand there."""
    return [
        _figures(taken, misfit, everybody)
        for taken in everybody
        for misfit in misfits(
            Need(taken.draw.amp, taken.draw.phases, taken.water), _offer(taken, everybody)
        )
        if misfit in LIMITS
    ]


def newly(before: Collection[Beyond], after: Sequence[Beyond]) -> Beyond | None:
    """The first limit that is passed after a change and was not before, or by more than before."""
    known = {(one.holding_id, one.misfit): one.used - one.limit for one in before}

    def is_new(one: Beyond) -> bool:
        key = one.holding_id, one.misfit
        return key not in known or one.used - one.limit > known[key]

    return next(filter(is_new, after), None)


def _offer(taken: Taken, everybody: Sequence[Taken]) -> StallOffer:
    others = [one for one in everybody if one.holding_id != taken.holding_id]
    load = None
    phases = taken.phases
    if taken.supply:
        load = cabinet_load(taken.supply, (one.draw for one in _fed(taken, others)))
        phases = min(phases, taken.supply.phases)
    hoses = sum(one.water for one in others if one.tap == taken.tap)
    return StallOffer(
        power_amp=taken.part_amp,
        phases=phases,
        phase=taken.draw.phase,
        has_tap=taken.tap is not None,
        blocked_because=taken.blocked_because,
        load=load,
        flow=Flow(hoses, taken.hoses) if taken.tap else None,
        plug_amp=taken.plug_amp,
        plug_used=sum(one.draw.amp for one in others if one.stall == taken.stall),
    )


def _figures(taken: Taken, misfit: Misfit, everybody: Sequence[Taken]) -> Beyond:
    """All that is taken, by whoever stands there among them."""
    used, limit, feeder, phase = taken.draw.amp, taken.part_amp, "", None
    if misfit is Misfit.PLUG:
        used = sum(one.draw.amp for one in everybody if one.stall == taken.stall)
        limit = taken.plug_amp
    if misfit is Misfit.CABINET and taken.supply:
        draws = (one.draw for one in _fed(taken, everybody))
        over = fullest(taken.supply.code, cabinet_load(taken.supply, draws), taken.draw)
        used, limit, feeder, phase = over.used, over.limit, over.cabinet, over.phase
    if misfit is Misfit.TAP and taken.tap:
        used = sum(one.water for one in everybody if one.tap == taken.tap)
        limit, feeder = taken.hoses, taken.tap
    return Beyond(taken.holding_id, taken.stall, misfit, used, limit, feeder, phase)


def _fed(taken: Taken, everybody: Sequence[Taken]) -> list[Taken]:
    code = taken.supply.code if taken.supply else None
    return [one for one in everybody if one.supply and one.supply.code == code]
