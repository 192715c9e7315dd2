"""Stalls by the row: many at once, numbered anew, a wide one made two."""

from __future__ import annotations

from collections.abc import Sequence

from app.core import audit
from app.core.database import db
from app.siteplan.queries import things as queries
from app.siteplan.refusals import CodeTaken, CodeTooLong, TooNarrow
from app.siteplan.rules import codes, rows
from app.siteplan.rules.kinds import Facts, Kind
from app.siteplan.rules.rows import RowOfStalls
from app.siteplan.services.editing import held_plan, put, thing_to_change
from app.vendors.models import Cabinet, Stall
from app.vendors.rules.audited import SitePlanVerb
from app.vendors.wording import metres

NARROWEST = 50
# What a part that is split off has like the stall it was part of.
INHERITED = (
    *("zone_id", "cabinet_id", "tap_id", "y", "depth_cm", "facing"),
    *("power_amp", "phases", "phase", "gas", "wheelchair"),
)


def add_row(event_id: int, first: str, row: RowOfStalls, facts: Facts) -> list[Stall]:
    """So many stalls beside each other, numbered from the first on; all or none."""
    held_plan(event_id)
    numbers = codes.following(first, row.count)
    _refuse_long(numbers)
    cabinet = db.session.get(Cabinet, facts.get("cabinet_id") or 0)
    of = cabinet.phases if cabinet else 1
    made = []
    for number, ((x, y), code) in enumerate(zip(rows.places(row), numbers, strict=True)):
        phase = rows.phase_in_turn(number, facts["phases"], of)
        size = {"frontage_cm": row.frontage_cm, "depth_cm": row.depth_cm}
        own = {**facts, **size, "code": code, "x": x, "y": y, "phase": phase}
        made.append(put(event_id, Kind.STALL, own))
    return made


def copy_row(
    event_id: int, stall_ids: Sequence[int], first: str, by: tuple[int, int]
) -> list[Stall]:
    """The same stalls once more, so far aside, with numbers of their own."""
    held_plan(event_id)
    numbers = codes.following(first, len(stall_ids))
    _refuse_long(numbers)
    made = []
    for stall_id, code in zip(stall_ids, numbers, strict=True):
        stall = queries.thing(event_id, Kind.STALL, stall_id, anew=True)
        own = {name: getattr(stall, name) for name in (*INHERITED, "frontage_cm")}
        own |= {"code": code, "x": stall.x + by[0], "y": stall.y + by[1]}
        made.append(put(event_id, Kind.STALL, own))
    return made


def renumber(event_id: int, stall_ids: Sequence[int], first: str) -> list[Stall]:
    """Number these stalls anew in this order; refused where another stall has such a number."""
    held_plan(event_id)
    stalls = [queries.thing(event_id, Kind.STALL, one, anew=True) for one in stall_ids]
    numbers = codes.following(first, len(stalls))
    _refuse_long(numbers)
    own = {stall.id for stall in stalls}
    for code in numbers:
        there = queries.by_code(event_id, Kind.STALL, code)
        if there is not None and there.id not in own:
            raise CodeTaken(code=code)
    before = [stall.code for stall in stalls]
    for stall in stalls:  # two that change their numbers are never alike in between
        stall.code = f"\u2192{stall.id}"
    db.session.flush()
    for stall, code, was in zip(stalls, numbers, before, strict=True):
        stall.code = code
        if code != was:
            audit.record("stall", stall.id, SitePlanVerb.RENUMBERED, was=was, code=code)
    db.session.flush()
    return stalls


def split(event_id: int, stall_id: int, first_cm: int, code: str) -> Stall:
    """A wide stall becomes two: it keeps so much of its front, the rest is a stall of its own.

    The number of a neighbour that was joined to it once opens that one again.
    """
    stall: Stall = thing_to_change(event_id, Kind.STALL, stall_id)
    rest = stall.frontage_cm - first_cm
    if min(first_cm, rest) < NARROWEST:
        raise TooNarrow(stall=stall.code, metres=metres(stall.frontage_cm))
    stall.frontage_cm = first_cm
    place = {"x": stall.x + first_cm, "frontage_cm": rest}
    other = queries.by_code(event_id, Kind.STALL, code)
    if other is None:
        facts = {name: getattr(stall, name) for name in INHERITED}
        other = put(event_id, Kind.STALL, {**facts, **place, "code": code})
    elif other.blocked_because != stall.joined_mark:
        raise CodeTaken(code=code)
    else:
        other.x, other.frontage_cm = place["x"], place["frontage_cm"]
        other.blocked_because = ""
    audit.record("stall", stall.id, SitePlanVerb.SPLIT, other=other.id)
    db.session.flush()
    return stall


def _refuse_long(numbers: Sequence[str]) -> None:
    longest = max(numbers, key=len)
    if len(longest) > codes.LONGEST:
        raise CodeTooLong(code=longest, most=codes.LONGEST)
