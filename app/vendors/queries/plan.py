"""The plan of a festival in a fixed number of statements, however many stalls it has."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any, TypeVar

from sqlalchemy import Row, select

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.database import db
from app.organisations import queries as organisations
from app.organisations.models import Organisation
from app.organisations.rules import Surface
from app.vendors.models import Cabinet, Holding, Landmark, Stall, StallShare, Tap, Zone
from app.vendors.queries.holdings import is_live, supply_of
from app.vendors.rules.fitting import Need
from app.vendors.rules.layout import Facing, Rect, Spot
from app.vendors.rules.loads import Draw, Flow, cabinet_load
from app.vendors.rules.siteplan import (
    Holder,
    PlannedCabinet,
    PlannedLandmark,
    PlannedStall,
    PlannedTap,
    PlannedZone,
    SitePlan,
    StallPart,
    for_visitors,
)
from app.vendors.rules.states import HoldingState

Placed = TypeVar("Placed", Zone, Cabinet, Tap, Stall, Landmark)


def plan_of(event_id: int) -> SitePlan:
    """Seven statements, for one stall or for three hundred."""
    zones, cabinets = _rows(Zone, event_id), _rows(Cabinet, event_id)
    taps, landmarks = _rows(Tap, event_id), _rows(Landmark, event_id)
    stalls = sorted(_rows(Stall, event_id), key=lambda stall: stall.position)
    parts = _parts(event_id, _holders(event_id))
    codes = {
        **{("zone", zone.id): zone.code for zone in zones},
        **{("cabinet", cabinet.id): cabinet.code for cabinet in cabinets},
        **{("tap", tap.id): tap.code for tap in taps},
    }
    planned = tuple(_stall(stall, parts[stall.id], codes) for stall in stalls)
    return SitePlan(
        event_id,
        planned,
        tuple(_cabinet(cabinet, planned) for cabinet in cabinets),
        tuple(_tap(tap, planned) for tap in taps),
        tuple(PlannedZone(zone.code, zone.name, zone.arrives_at, zone.call) for zone in zones),
        tuple(_landmark(landmark) for landmark in landmarks),
    )


def public_plan(plan: SitePlan) -> SitePlan:
    """The same for visitors, with the names that may be shown."""
    confirmed = {
        holder.organisation_id
        for stall in plan.stalls
        for holder in stall.holders
        if holder.state is HoldingState.CONFIRMED
    }
    facts = organisations.shown(confirmed, Surface.CATALOGUE)
    return for_visitors(plan, {ident: str(one["name"]) for ident, one in facts.items() if one})


def need_of(application: Application) -> Need:
    """What an application asks of its stall."""
    details: dict[str, Any] = application.details or {}
    return Need(
        power_amp=application.power_amp,
        phases=max(application.phases, 1),
        water=application.water,
        gas=application.gas,
        frontage_cm=application.frontage_cm or 0,
        wheelchair=details.get("wheelchair") in (True, "yes"),
        cuisine=str(details.get("cuisine") or ""),
    )


def _rows(model: type[Placed], event_id: int) -> Sequence[Placed]:
    statement = select(model).where(model.event_id == event_id).order_by(model.id)
    return db.session.scalars(statement).all()


def _holders(event_id: int) -> dict[int, Holder]:
    """The live holders by the part of a stall they have."""
    rows = db.session.execute(
        select(Holding, Application, Organisation.name)
        .join(Application, Holding.application_id == Application.id)
        .join(Organisation, Application.organisation_id == Organisation.id)
        .where(Application.event_id == event_id, is_live())
    )
    found = rows.all()
    watered = {holding.application_id for holding, _application, _name in found if holding.water}
    return {row[0].share_id: _holder(row, watered) for row in found}


def _holder(row: Row[Holding, Application, str], watered: set[int]) -> Holder:
    holding, application, name = row
    confirmed = application.state == State.CONFIRMED
    return Holder(
        holding_id=holding.id,
        application_id=application.id,
        organisation_id=application.organisation_id,
        organisation=name,
        state=HoldingState.CONFIRMED if confirmed else HoldingState(holding.state),
        held_until=None if confirmed else holding.held_until,
        draw=Draw(holding.power_amp, holding.phases, holding.phase),
        water=holding.water,
        need=need_of(application),
        role=application.role,
        hose_beside=not holding.water and application.id in watered,
    )


def _parts(event_id: int, holders: dict[int, Holder]) -> dict[int, tuple[StallPart, ...]]:
    rows = db.session.scalars(
        select(StallShare)
        .join(Stall, StallShare.stall_id == Stall.id)
        .where(Stall.event_id == event_id, StallShare.retired.is_(False))
        .order_by(StallShare.stall_id, StallShare.number)
    )
    found: defaultdict[int, tuple[StallPart, ...]] = defaultdict(tuple)
    for share in rows:
        part = StallPart(share.number, share.power_amp, holders.get(share.id))
        found[share.stall_id] += (part,)
    return found


def _stall(
    stall: Stall, parts: tuple[StallPart, ...], codes: dict[tuple[str, int], str]
) -> PlannedStall:
    def code(kind: str, ident: int | None) -> str | None:
        return None if ident is None else codes[kind, ident]

    return PlannedStall(
        id=stall.id,
        code=stall.code,
        spot=Spot(Rect(stall.x, stall.y, stall.frontage_cm, stall.depth_cm), Facing(stall.facing)),
        zone=code("zone", stall.zone_id),
        cabinet=code("cabinet", stall.cabinet_id),
        tap=code("tap", stall.tap_id),
        power_amp=stall.power_amp,
        phases=stall.phases,
        phase=stall.phase,
        gas=stall.gas,
        wheelchair=stall.wheelchair,
        blocked_because=stall.blocked_because,
        parts=parts,
    )


def _cabinet(cabinet: Cabinet, stalls: Iterable[PlannedStall]) -> PlannedCabinet:
    draws = [
        holder.draw for stall in stalls if stall.cabinet == cabinet.code for holder in stall.holders
    ]
    load = cabinet_load(supply_of(cabinet), draws)
    return PlannedCabinet(cabinet.id, cabinet.code, cabinet.x, cabinet.y, load)


def _tap(tap: Tap, stalls: Iterable[PlannedStall]) -> PlannedTap:
    used = sum(
        holder.water for stall in stalls if stall.tap == tap.code for holder in stall.holders
    )
    return PlannedTap(tap.id, tap.code, tap.x, tap.y, Flow(used, tap.hoses))


def _landmark(landmark: Landmark) -> PlannedLandmark:
    rect = Rect(landmark.x, landmark.y, landmark.width, landmark.height)
    return PlannedLandmark(landmark.kind, landmark.name, rect, landmark.id)
