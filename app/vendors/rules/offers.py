"""What a stall of the plan offers to a newcomer, to whoever stands there, and to whoever swaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.vendors.rules.fitting import Need, StallOffer
from app.vendors.rules.siteplan import Holder, PlannedStall, SitePlan


@dataclass(frozen=True)
class Standing:
    """Somebody at a stall."""

    stall: PlannedStall
    holder: Holder


def standings(plan: SitePlan) -> tuple[Standing, ...]:
    """Everybody who stands somewhere, in the order of the street."""
    return tuple(Standing(stall, holder) for stall in plan.stalls for holder in stall.holders)


def offered(
    plan: SitePlan, stall: PlannedStall, need: Need, leaving: Sequence[Standing] = ()
) -> StallOffer:
    """What the stall offers when those `leaving` give back their plug, power and hose."""
    load, flow = plan.load_of(stall), plan.flow_of(stall)
    if load:
        load = load.without(
            one.holder.draw for one in leaving if one.stall.cabinet == stall.cabinet
        )
    if flow:
        given_back = sum(one.holder.water for one in leaving if one.stall.tap == stall.tap)
        flow = replace(flow, used=flow.used - given_back)
    return stall.offer(load, flow, need.power_amp, [one.holder for one in leaving])


def where_it_stands(plan: SitePlan, standing: Standing) -> tuple[Need, StallOffer]:
    """What a holder has or asks for by now at its stall, and what that stall offers to it."""
    holder = standing.holder
    need = replace(
        holder.need,
        power_amp=max(holder.need.power_amp or 0, holder.draw.amp),
        water=holder.need.water and not holder.hose_beside,
    )
    return need, offered(plan, standing.stall, need, [standing])


def after_the_change(
    plan: SitePlan, standing: Standing, stall: PlannedStall
) -> tuple[Need, StallOffer]:
    """The same at another stall: at a free part of it, else in exchange with who is first there."""
    there = () if stall.is_open else stall.holders[:1]
    leaving = [standing, *(Standing(stall, holder) for holder in there)]
    return standing.holder.need, offered(plan, stall, standing.holder.need, leaving)
