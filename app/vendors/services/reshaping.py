"""Change a stall itself: block it, open it, share it, or join it with its neighbour."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.applications.models import Application
from app.core import audit
from app.core.database import db
from app.core.refusals import NotFound
from app.vendors.models import Stall, StallShare
from app.vendors.queries import holdings
from app.vendors.refusals import NotNeighbours, PartsTogetherTooLarge, PartTooSmall, StallInUse
from app.vendors.rules import layout, loads
from app.vendors.rules.audited import SitePlanVerb
from app.vendors.rules.layout import Rect
from app.vendors.services.locking import lock
from app.vendors.services.reserving import end, end_stale


def block(stall_id: int, reason: str) -> Stall:
    """Nobody gets the stall; it stays on the plan with the reason. Refused while it is held."""
    stall = _unused(stall_id)
    stall.blocked_because = reason
    audit.record("stall", stall.id, SitePlanVerb.BLOCKED)
    return stall


def unblock(stall_id: int) -> Stall:
    stall = lock(Stall, [stall_id])[stall_id]
    stall.blocked_because = ""
    audit.record("stall", stall.id, SitePlanVerb.UNBLOCKED)
    return stall


def share(stall_id: int, parts: int, powers: Sequence[int] | None = None) -> Stall:
    """Divide a stall; each part gets its part of the power, an even one unless `powers` say.

    Whoever stands there already keeps the part, as long as it carries what is reserved.
    """
    stall = lock(Stall, [stall_id])[stall_id]
    end_stale(stall.event_id)
    powers = powers or loads.parts_of(stall.power_amp, parts)
    if sum(powers) > stall.power_amp:
        raise PartsTogetherTooLarge(whole=stall.power_amp, given=sum(powers))
    _refuse_too_small(stall, powers)
    statement = select(StallShare).where(StallShare.stall_id == stall.id)
    rows = {row.number: row for row in db.session.scalars(statement)}
    for row in rows.values():
        row.retired = row.number > len(powers)
    for number, power in enumerate(powers, start=1):
        if number not in rows:
            rows[number] = StallShare(stall_id=stall.id, number=number)
            db.session.add(rows[number])
        rows[number].power_amp = power
    audit.record("stall", stall.id, SitePlanVerb.SHARED, parts=len(powers))
    db.session.flush()
    return stall


def merge(stall_id: int, other_id: int) -> Stall:
    """Two neighbours become one wide stall; the other code stays on the plan as blocked.

    Whoever holds the first keeps it. The second must be free or held by the same application,
    which then has one wide stall instead of two.
    """
    lock(Application, (one.application_id for one in holdings.live_at(other_id)))
    stalls = lock(Stall, {stall_id, other_id})
    if len(stalls) < 2:
        raise NotFound
    kept, other = stalls[stall_id], stalls[other_id]
    _refuse_apart(kept, other)
    end_stale(kept.event_id)
    _empty_for(kept, other)
    left = min(kept.x, other.x)
    right = max(kept.x + kept.frontage_cm, other.x + other.frontage_cm)
    kept.x, kept.frontage_cm = left, right - left
    other.blocked_because = kept.joined_mark
    audit.record("stall", kept.id, SitePlanVerb.MERGED, other=other.id)
    db.session.flush()
    return kept


def _unused(stall_id: int) -> Stall:
    stall = lock(Stall, [stall_id])[stall_id]
    end_stale(stall.event_id)
    if holdings.live_at(stall_id):
        raise StallInUse(stall=stall.code)
    return stall


def _refuse_too_small(stall: Stall, powers: Sequence[int]) -> None:
    """A part that is held must remain, with at least the power that is reserved on it."""
    for holding, number in holdings.live_parts(stall.id):
        if number > len(powers):
            raise StallInUse(stall=stall.code)
        if holding.power_amp > powers[number - 1]:
            name = holdings.holder_name(holding.id)
            raise PartTooSmall(holder=name, amp=holding.power_amp, number=number)


def _refuse_apart(kept: Stall, other: Stall) -> None:
    row = [
        (str(one.id), Rect(one.x, one.y, one.frontage_cm, one.depth_cm)) for one in (kept, other)
    ]
    if kept.event_id != other.event_id or not layout.neighbours(row):
        raise NotNeighbours(stall=kept.code, other=other.code)


def _empty_for(kept: Stall, other: Stall) -> None:
    staying = {holding.application_id for holding in holdings.live_at(kept.id)}
    leaving = holdings.live_at(other.id)
    if any(holding.application_id not in staying for holding in leaving):
        raise StallInUse(stall=other.code)
    for holding in leaving:
        end(holding, "merged")
