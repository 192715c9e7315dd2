"""Lay out a site plan from what somebody wrote down; what has no place gets one by rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from app.core import audit
from app.core.database import db
from app.core.language_choice import in_every_language
from app.vendors.models import Cabinet, Landmark, Stall, StallShare, Tap, Zone
from app.vendors.refusals import CodeExists, CodeUnknown
from app.vendors.rules import layout, loads
from app.vendors.rules.audited import SitePlanVerb
from app.vendors.rules.layout import Spot
from app.vendors.rules.scenery import scenery
from app.vendors.rules.specs import CabinetSpec, LandmarkKind, PlanSpec, StallSpec, TapSpec
from app.vendors.wording import SCENERY_NAMES

Named = TypeVar("Named", Zone, Cabinet, Tap)


@dataclass(frozen=True)
class Feeders:
    """What stalls name by code."""

    zones: Mapping[str, Zone]
    cabinets: Mapping[str, Cabinet]
    taps: Mapping[str, Tap]


def lay_out(event_id: int, plan: PlanSpec) -> None:
    """Make the rows of a festival's plan: zones, cabinets, taps, stalls with parts, scenery.

    Raises CodeUnknown where a stall names what the plan does not have, CodeExists where two
    stalls have one code.
    """
    _refuse_doubles(plan.stalls)
    spots = layout.spots([stall.frontage_cm for stall in plan.stalls])
    feeders = _feeders(event_id, plan, spots)
    stalls = [
        _stall(event_id, position, spec, spot, feeders)
        for position, (spec, spot) in enumerate(zip(plan.stalls, spots, strict=True))
    ]
    db.session.add_all([*stalls, *_landmarks(event_id, plan, spots)])
    db.session.flush()
    for row, spec in zip(stalls, plan.stalls, strict=True):
        db.session.add_all(_parts(row, spec.parts))
    audit.record("event", event_id, SitePlanVerb.LAID_OUT, stalls=len(stalls))
    db.session.flush()


def _feeders(event_id: int, plan: PlanSpec, spots: Sequence[Spot]) -> Feeders:
    zones = [_zone(event_id, plan, number) for number in range(len(plan.zones))]
    taken: list[tuple[int, int]] = []
    cabinets = [
        _cabinet(event_id, spec, _point(plan, spots, spec, taken)) for spec in plan.cabinets
    ]
    taps = [_tap(event_id, spec, _point(plan, spots, spec, taken)) for spec in plan.taps]
    db.session.add_all([*zones, *cabinets, *taps])
    db.session.flush()
    return Feeders(_by_code(zones), _by_code(cabinets), _by_code(taps))


def _zone(event_id: int, plan: PlanSpec, number: int) -> Zone:
    spec = plan.zones[number]
    return Zone(
        event_id=event_id,
        code=spec.code,
        name=dict(spec.name),
        arrives_at=spec.arrives_at,
        call=spec.call,
    )


def _cabinet(event_id: int, spec: CabinetSpec, point: tuple[int, int]) -> Cabinet:
    x, y = point
    return Cabinet(event_id=event_id, code=spec.code, amp=spec.amp, phases=spec.phases, x=x, y=y)


def _tap(event_id: int, spec: TapSpec, point: tuple[int, int]) -> Tap:
    x, y = point
    return Tap(event_id=event_id, code=spec.code, hoses=spec.hoses, x=x, y=y)


def _point(
    plan: PlanSpec,
    spots: Sequence[Spot],
    spec: CabinetSpec | TapSpec,
    taken: list[tuple[int, int]],
) -> tuple[int, int]:
    """Behind the stalls that it feeds."""
    attribute = "cabinet" if isinstance(spec, CabinetSpec) else "tap"
    served = [
        spot
        for stall, spot in zip(plan.stalls, spots, strict=True)
        if getattr(stall, attribute) == spec.code
    ]
    point = layout.point_for(served, taken)
    taken.append(point)
    return point


def _stall(event_id: int, position: int, spec: StallSpec, spot: Spot, feeders: Feeders) -> Stall:
    return Stall(
        event_id=event_id,
        zone_id=_found(feeders.zones, spec.zone),
        cabinet_id=_found(feeders.cabinets, spec.cabinet),
        tap_id=_found(feeders.taps, spec.tap),
        code=spec.code,
        position=position,
        x=spot.rect.x,
        y=spot.rect.y,
        frontage_cm=spot.rect.width,
        depth_cm=spot.rect.height,
        facing=spot.facing.value,
        power_amp=spec.power_amp,
        phases=spec.phases,
        phase=spec.phase,
        gas=spec.gas,
        wheelchair=spec.wheelchair,
        blocked_because=spec.blocked_because,
    )


def _landmarks(event_id: int, plan: PlanSpec, spots: Sequence[Spot]) -> list[Landmark]:
    names = {kind: in_every_language(name) for kind, name in SCENERY_NAMES.items()}
    names[LandmarkKind.STREET] = dict(plan.street_name)
    return [
        Landmark(
            event_id=event_id,
            kind=spec.kind.value,
            name=dict(spec.name),
            x=spec.x,
            y=spec.y,
            width=spec.width,
            height=spec.height,
        )
        for spec in (*scenery(spots, names), *plan.landmarks)
    ]


def _parts(stall: Stall, parts: int) -> list[StallShare]:
    powers = loads.parts_of(stall.power_amp, parts)
    return [
        StallShare(stall_id=stall.id, number=number, power_amp=power)
        for number, power in enumerate(powers, start=1)
    ]


def _found(named: Mapping[str, Named], code: str | None) -> int | None:
    if code is None:
        return None
    if code not in named:
        raise CodeUnknown(code=code)
    return named[code].id


def _by_code(rows: Iterable[Named]) -> dict[str, Named]:
    return {row.code: row for row in rows}


def _refuse_doubles(stalls: Sequence[StallSpec]) -> None:
    for code, times in Counter(stall.code for stall in stalls).items():
        if times > 1:
            raise CodeExists(code=code)
