"""What the form of a new thing begins with: like the last of its kind, and where there is room."""

from __future__ import annotations

from app.siteplan.queries import things
from app.siteplan.rules import codes, rows
from app.siteplan.rules.kinds import Facts, Kind
from app.vendors.models import Stall
from app.vendors.rules.layout import DEPTH, Facing, Rect
from app.vendors.rules.specs import LandmarkKind

FRONT = 300
BETWEEN = 100
SQUARE = 300
# What the next stall has like the last one.
LIKE_THE_LAST = (
    *("zone_id", "cabinet_id", "tap_id", "facing", "frontage_cm", "depth_cm"),
    *("power_amp", "phases", "phase", "gas", "wheelchair"),
)
FIRST: Facts = {
    "code": "1",
    "facing": Facing.SOUTH.value,
    "frontage_cm": FRONT,
    "depth_cm": DEPTH,
    "power_amp": 16,
    "phases": 1,
    "phase": 1,
}


def columns(event_id: int, kind: Kind) -> Facts:
    """The columns of a new thing of this kind."""
    if kind is Kind.STALL:
        return _stall(event_id)
    if kind is Kind.ZONE:
        return {}
    corner = _aside(event_id)
    if kind is Kind.LANDMARK:
        first = LandmarkKind.TOILET.value
        return {**corner, "kind": first, "width": SQUARE, "height": SQUARE}
    return {**corner, "phases": 3, "hoses": 6}


def row(event_id: int) -> Facts:
    """What a row of stalls begins with."""
    return {**_stall(event_id), "count": 12, "between_cm": BETWEEN}


def _stall(event_id: int) -> Facts:
    stalls = things.things(event_id, Kind.STALL)
    x, y = rows.next_corner([_rect(stall) for stall in stalls])
    if not stalls:
        return {**FIRST, "x": x, "y": y}
    last = stalls[-1]
    like = {name: getattr(last, name) for name in LIKE_THE_LAST}
    return {**like, "x": x, "y": y, "code": codes.after(last.code)}


def _aside(event_id: int) -> dict[str, int]:
    stalls = things.things(event_id, Kind.STALL)
    taken = [
        (one.x, one.y)
        for kind in (Kind.CABINET, Kind.TAP, Kind.LANDMARK)
        for one in things.things(event_id, kind)
    ]
    x, y = rows.beside([_rect(stall) for stall in stalls], taken)
    return {"x": x, "y": y}


def _rect(stall: Stall) -> Rect:
    return Rect(stall.x, stall.y, stall.frontage_cm, stall.depth_cm)
