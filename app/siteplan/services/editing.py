"""Add, change, move and remove whatever stands on a plan, one thing at a time."""

from __future__ import annotations

from typing import Any

from app.core import audit
from app.core.database import db
from app.events.services import scheduling
from app.siteplan.queries import things as queries
from app.siteplan.queries.things import Thing
from app.siteplan.refusals import (
    CodeTaken,
    FeederGone,
    MovedMeanwhile,
    PlugsTaken,
    StallHasHistory,
    StallsHangOn,
)
from app.siteplan.rules.kinds import FEEDERS, Facts, Kind
from app.vendors.models import Cabinet, Stall, StallShare
from app.vendors.queries import holdings
from app.vendors.rules.audited import SitePlanVerb
from app.vendors.services import reshaping
from app.vendors.services.guarding import standing_kept
from app.vendors.services.locking import lock_plan
from app.vendors.services.reserving import end_stale


def held_plan(event_id: int) -> None:
    """One at a time changes the plan, and nobody is placed on it meanwhile."""
    scheduling.locked(event_id)
    lock_plan(event_id)
    end_stale(event_id)


def thing_to_change(event_id: int, kind: Kind, number: int) -> Any:
    """The thing as it stands now, which nobody else changes until this is done."""
    held_plan(event_id)
    return queries.thing(event_id, kind, number, anew=True)


def add(event_id: int, kind: Kind, facts: Facts) -> Any:
    """Put a new thing on the plan."""
    held_plan(event_id)
    return put(event_id, kind, facts)


def change(event_id: int, kind: Kind, number: int, facts: Facts) -> Any:
    """Write these facts of a thing; whoever stands there stays within every limit."""
    row = thing_to_change(event_id, kind, number)
    with standing_kept(event_id):
        rewrite(row, kind, facts)
    return row


def move(event_id: int, kind: Kind, number: int, to: tuple[int, int], seen: tuple[int, int]) -> Any:
    """Another place on the plan, unless somebody else moved it since it was `seen`."""
    scheduling.locked(event_id)
    row = queries.thing(event_id, kind, number, anew=True)
    if (row.x, row.y) not in (seen, to):
        raise MovedMeanwhile
    if (row.x, row.y) != to:
        row.x, row.y = to
        audit.record(kind.subject, row.id, SitePlanVerb.PLACED, x=row.x, y=row.y)
    return row


def remove(event_id: int, kind: Kind, number: int) -> str:
    """Take a thing off the plan, while nothing hangs on it; what it was called."""
    row = thing_to_change(event_id, kind, number)
    name = getattr(row, "code", "")
    _refuse_in_use(row, kind)
    if kind is Kind.STALL:
        for share in db.session.query(StallShare).filter_by(stall_id=row.id):
            db.session.delete(share)
        db.session.flush()
    audit.record(kind.subject, row.id, SitePlanVerb.REMOVED, code=name)
    db.session.delete(row)
    audit.put_away(kind.subject, number, f"{kind.subject}_removed")
    return name


def put(event_id: int, kind: Kind, facts: Facts) -> Any:
    """The row itself, on a plan that is held."""
    _refuse_code(event_id, kind, facts.get("code"))
    _refuse_gone(event_id, facts)
    row = queries.MODELS[kind](event_id=event_id, **facts)
    if kind is Kind.STALL:
        row.position = queries.last_position(event_id) + 1
    db.session.add(row)
    db.session.flush()
    if kind is Kind.STALL:
        db.session.add(StallShare(stall_id=row.id, number=1, power_amp=row.power_amp))
    _refuse_plugs(row)
    audit.record(kind.subject, row.id, SitePlanVerb.ADDED)
    db.session.flush()
    return row


def rewrite(row: Any, kind: Kind, facts: Facts) -> None:
    """The same for a row that stands, within `standing_kept`."""
    changed = {name: fact for name, fact in facts.items() if getattr(row, name) != fact}
    if "code" in changed:
        _refuse_code(row.event_id, kind, changed["code"])
    _refuse_gone(row.event_id, changed)
    for name, fact in changed.items():
        setattr(row, name, fact)
    db.session.flush()
    if isinstance(row, Stall):
        _follow(row, changed)
    if changed:
        _refuse_plugs(row)
        audit.record(kind.subject, row.id, SitePlanVerb.CHANGED, fields=sorted(changed))


def _follow(stall: Stall, changed: Facts) -> None:
    """Parts and holdings of a stall follow its plug."""
    if "phase" in changed:
        for holding in holdings.live_at(stall.id):
            holding.phase = stall.phase
    if "power_amp" in changed:
        parts = holdings.parts(stall.id)
        if len(parts) == 1 or sum(parts) > stall.power_amp:
            reshaping.share(stall.id, len(parts))


def _refuse_code(event_id: int, kind: Kind, code: str | None) -> None:
    if code is not None and queries.by_code(event_id, kind, code) is not None:
        raise CodeTaken(code=code)


def _refuse_gone(event_id: int, facts: Facts) -> None:
    """What a stall names must be on the same plan."""
    for column, kind in FEEDERS.items():
        number = facts.get(column)
        if number is not None:
            feeder = db.session.get(queries.MODELS[kind], number)
            if feeder is None or feeder.event_id != event_id:
                raise FeederGone


def _refuse_plugs(row: Thing) -> None:
    """A cabinet has a plug for each stall that takes power from it."""
    cabinet = db.session.get(Cabinet, row.cabinet_id or 0) if isinstance(row, Stall) else row
    if isinstance(cabinet, Cabinet) and cabinet.plugs is not None:
        stalls = queries.plugged_into(cabinet.id)
        if stalls > cabinet.plugs:
            raise PlugsTaken(cabinet=cabinet.code, plugs=cabinet.plugs, stalls=stalls)


def _refuse_in_use(row: Thing, kind: Kind) -> None:
    if kind in queries.NAMED_BY:
        codes = queries.codes_that_use(kind, row.id)
        if codes:
            raise StallsHangOn(count=len(codes), stalls=", ".join(codes))
    if isinstance(row, Stall) and queries.has_history(row.id):
        raise StallHasHistory(stall=row.code)
