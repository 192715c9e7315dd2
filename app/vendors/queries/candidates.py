"""Who could stand at a stall, and which stalls an applicant could have."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules.states import HAS_PLACE, STALL_ROLES
from app.vendors.queries.plan import need_of
from app.vendors.rules.fitting import Need, limit_passed, power_wanted
from app.vendors.rules.offers import (
    Standing,
    after_the_change,
    offered,
    standings,
    where_it_stands,
)
from app.vendors.rules.siteplan import PlannedStall, SitePlan
from app.vendors.wording import against


@dataclass(frozen=True)
class StallCandidate:
    """An applicant with a place, what they need, and what speaks against the stall looked at."""

    application_id: int
    name: str
    role: str
    need: Need
    against: tuple[str, ...]
    stalls: tuple[str, ...]

    @property
    def fits(self) -> bool:
        return not self.against


@dataclass(frozen=True)
class StallChoice:
    """A stall as one applicant sees it: open ones only."""

    stall: PlannedStall
    against: tuple[str, ...]


@dataclass(frozen=True)
class Fit:
    """How a stall suits whoever stands there: what speaks against it, and whether the plan
    carries what is asked for."""

    standing: Standing
    against: tuple[str, ...]
    within_limits: bool

    @property
    def needs_a_look(self) -> bool:
        return bool(self.against) or self.standing.holder.asks_otherwise


def candidates(plan: SitePlan, stall: PlannedStall) -> list[StallCandidate]:
    """Accepted applicants: those without a stall first, and those whom the stall fits."""
    codes: defaultdict[int, tuple[str, ...]] = defaultdict(tuple)
    for one in plan.stalls:
        for holder in one.holders:
            codes[holder.application_id] += (one.code,)
    found = [
        StallCandidate(
            one.id,
            one.organisation.name,
            one.role,
            need_of(one),
            against(need_of(one), offered(plan, stall, need_of(one))),
            codes[one.id],
        )
        for one in asking.live(plan.event_id, states=HAS_PLACE)
        if one.role in STALL_ROLES
    ]
    return sorted(found, key=lambda one: (bool(one.stalls), not one.fits))


def takings(
    plan: SitePlan, stall: PlannedStall, candidates: Sequence[StallCandidate]
) -> dict[int, tuple[int, int, bool]]:
    """Amperes, phases and whether a hose that each would take at the stall, by application."""
    return {
        one.application_id: (
            power_wanted(one.need, offered(plan, stall, one.need)),
            one.need.phases,
            one.need.water and stall.tap is not None,
        )
        for one in candidates
    }


def waiting_for_a_stall(plan: SitePlan) -> list[Application]:
    """Accepted applicants who have none yet."""
    placed = {holder.application_id for stall in plan.stalls for holder in stall.holders}
    return [
        one
        for one in asking.live(plan.event_id, states=HAS_PLACE)
        if one.role in STALL_ROLES and one.id not in placed
    ]


def choices(plan: SitePlan, need: Need) -> list[StallChoice]:
    """The open stalls, those that fit first, each with what speaks against it."""
    found = [
        StallChoice(stall, against(need, offered(plan, stall, need)))
        for stall in plan.stalls
        if stall.is_open
    ]
    return sorted(found, key=lambda choice: len(choice.against))


def fits(plan: SitePlan) -> dict[int, Fit]:
    """How each holding suits its stall by now."""
    return {one.holder.holding_id: _fit(plan, one) for one in standings(plan)}


def against_moving(plan: SitePlan, holding_id: int) -> dict[int, tuple[str, ...]]:
    """What speaks against each stall for whoever has the holding, by the stall's number."""
    standing = next(one for one in standings(plan) if one.holder.holding_id == holding_id)
    return {stall.id: against(*after_the_change(plan, standing, stall)) for stall in plan.stalls}


def _fit(plan: SitePlan, standing: Standing) -> Fit:
    need, offer = where_it_stands(plan, standing)
    return Fit(standing, against(need, offer), limit_passed(need, offer) is None)
