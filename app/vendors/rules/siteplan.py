"""A site plan as plain values: what a page, a list or a drawing is made from."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from app.applications.rules.states import Role
from app.vendors.rules.fitting import Need, StallOffer, part_for
from app.vendors.rules.layout import Rect, Spot
from app.vendors.rules.loads import Draw, Flow, Load, share_in_percent
from app.vendors.rules.states import HoldingState, StallState, stall_state


@dataclass(frozen=True)
class Holder:
    """Who has a part of a stall, and what is reserved for them."""

    holding_id: int
    application_id: int
    organisation_id: int
    organisation: str
    state: HoldingState
    held_until: datetime | None
    draw: Draw
    water: bool
    need: Need
    role: Role
    # Whether another stall of the same applicant has the hose for both.
    hose_beside: bool = False

    @property
    def asks_otherwise(self) -> bool:
        """Whether the application asks for something else by now than what is reserved."""
        wanted = self.draw.amp if self.need.power_amp is None else self.need.power_amp
        return (wanted, self.need.phases, self.need.water) != (
            self.draw.amp,
            self.draw.phases,
            self.water or self.hose_beside,
        )


@dataclass(frozen=True)
class StallPart:
    """One share of a stall."""

    number: int
    power_amp: int
    holder: Holder | None = None


@dataclass(frozen=True)
class PlannedStall:
    """A stall with everything that the plan shows about it."""

    id: int
    code: str
    spot: Spot
    zone: str | None
    cabinet: str | None
    tap: str | None
    power_amp: int
    phases: int
    phase: int
    gas: bool
    wheelchair: bool
    blocked_because: str
    parts: tuple[StallPart, ...]

    @property
    def state(self) -> StallState:
        return stall_state(
            bool(self.blocked_because),
            len(self.parts),
            (holder.state for holder in self.holders),
        )

    @property
    def holders(self) -> tuple[Holder, ...]:
        return tuple(part.holder for part in self.parts if part.holder is not None)

    @property
    def is_open(self) -> bool:
        return self.state in (StallState.FREE, StallState.SHARED)

    def offer(
        self,
        load: Load | None,
        flow: Flow | None = None,
        need_amp: int | None = None,
        leaving: Collection[Holder] = (),
    ) -> StallOffer:
        """What it offers beside those who stay: the part of whoever leaves, else a free one."""
        free = [part for part in self.parts if part.holder in leaving] or [
            part for part in self.parts if part.holder is None
        ]
        staying = [holder for holder in self.holders if holder not in leaving]
        return StallOffer(
            power_amp=part_for(need_amp, free).power_amp if free else self.power_amp,
            phases=min(self.phases, len(load.used)) if load else self.phases,
            phase=self.phase,
            has_tap=self.tap is not None,
            gas=self.gas,
            frontage_cm=self.spot.rect.width,
            wheelchair=self.wheelchair,
            blocked_because=self.blocked_because,
            cabinet=self.cabinet or "",
            tap=self.tap or "",
            load=load,
            flow=flow,
            plug_amp=self.power_amp,
            plug_used=sum(holder.draw.amp for holder in staying),
        )


@dataclass(frozen=True)
class PlannedCabinet:
    id: int
    code: str
    x: int
    y: int
    load: Load

    @property
    def percent(self) -> tuple[int, ...]:
        """How full each phase is."""
        return tuple(share_in_percent(used, self.load.limit) for used in self.load.used)


@dataclass(frozen=True)
class PlannedTap:
    id: int
    code: str
    x: int
    y: int
    flow: Flow

    @property
    def percent(self) -> int:
        return share_in_percent(self.flow.used, self.flow.limit)


@dataclass(frozen=True)
class PlannedZone:
    code: str
    name: dict[str, str]
    arrives_at: datetime | None
    call: str


@dataclass(frozen=True)
class PlannedLandmark:
    kind: str
    name: dict[str, str]
    rect: Rect
    id: int = 0


@dataclass(frozen=True)
class SitePlan:
    """Everything of one festival, in the order of the street."""

    event_id: int
    stalls: tuple[PlannedStall, ...]
    cabinets: tuple[PlannedCabinet, ...]
    taps: tuple[PlannedTap, ...]
    zones: tuple[PlannedZone, ...]
    landmarks: tuple[PlannedLandmark, ...]

    def stall(self, stall_id: int | None) -> PlannedStall | None:
        return next((stall for stall in self.stalls if stall.id == stall_id), None)

    def load_of(self, stall: PlannedStall) -> Load | None:
        return next((one.load for one in self.cabinets if one.code == stall.cabinet), None)

    def flow_of(self, stall: PlannedStall) -> Flow | None:
        return next((one.flow for one in self.taps if one.code == stall.tap), None)

    def zone(self, code: str | None) -> PlannedZone | None:
        return next((zone for zone in self.zones if zone.code == code), None)

    def fed_by(self, cabinet: str) -> tuple[PlannedStall, ...]:
        return tuple(stall for stall in self.stalls if stall.cabinet == cabinet)

    def count(self, state: StallState) -> int:
        return sum(1 for stall in self.stalls if stall.state == state)

    def standing(self) -> tuple[tuple[str, str], ...]:
        """Who stands where: stall numbers and name, a double stall in one line."""
        codes: dict[int, list[str]] = {}
        names: dict[int, str] = {}
        for stall in self.stalls:
            for holder in stall.holders:
                codes.setdefault(holder.application_id, []).append(stall.code)
                names[holder.application_id] = holder.organisation
        return tuple((" + ".join(codes[one]), names[one]) for one in codes)

    def of(self, application_id: int) -> tuple[PlannedStall, ...]:
        """The stalls of one application."""
        return tuple(
            stall
            for stall in self.stalls
            if any(holder.application_id == application_id for holder in stall.holders)
        )


def for_visitors(plan: SitePlan, names: Mapping[int, str]) -> SitePlan:
    """The plan as everybody may see it: where stalls stand, and those confirmed who let their
    name be shown (`names` by organisation). Nothing about power, holds or closed stalls."""

    def shown(part: StallPart) -> StallPart:
        holder = part.holder
        if holder is None or holder.state is not HoldingState.CONFIRMED:
            return replace(part, holder=None)
        name = names.get(holder.organisation_id)
        return replace(part, holder=replace(holder, organisation=name) if name else None)

    stalls = tuple(
        replace(
            stall,
            parts=tuple(shown(part) for part in stall.parts),
            power_amp=0,
            tap=None,
            gas=False,
            blocked_because="",
        )
        for stall in plan.stalls
    )
    return replace(plan, stalls=stalls, cabinets=(), taps=())
