"""The sheet on which a plan is edited, in centimetres as the rows have them: no unit is turned."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.siteplan.rules.kinds import Kind
from app.vendors.rules.layout import Rect, around
from app.vendors.rules.siteplan import SitePlan

MARGIN = 600
# A cabinet and a tap are points; they are drawn as squares around theirs.
POINT = 120


@dataclass(frozen=True)
class Piece:
    """Something that can be moved: `rect` as it is drawn, `x` and `y` as its row has them."""

    kind: Kind
    id: int
    label: str
    look: str
    x: int
    y: int
    rect: Rect
    # What a landmark is called, by language.
    name: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Canvas:
    """All pieces, what lies below first, and the ground that holds them."""

    ground: Rect
    pieces: tuple[Piece, ...]

    @property
    def view_box(self) -> str:
        """As an SVG has it."""
        ground = self.ground
        return f"{ground.x} {ground.y} {ground.width} {ground.height}"


def canvas(site: SitePlan) -> Canvas:
    """The sheet of a plan: streets and trees below, then stalls, cabinets and taps."""
    pieces = (*_landmarks(site), *_stalls(site), *_points(site))
    return Canvas(around([piece.rect for piece in pieces], MARGIN), pieces)


def _landmarks(site: SitePlan) -> list[Piece]:
    ordered = sorted(site.landmarks, key=lambda mark: -mark.rect.width * mark.rect.height)
    return [
        Piece(Kind.LANDMARK, mark.id, "", mark.kind, mark.rect.x, mark.rect.y, mark.rect, mark.name)
        for mark in ordered
    ]


def _stalls(site: SitePlan) -> list[Piece]:
    return [
        Piece(
            Kind.STALL,
            stall.id,
            stall.code,
            stall.state.value,
            stall.spot.rect.x,
            stall.spot.rect.y,
            stall.spot.rect,
        )
        for stall in site.stalls
    ]


def _points(site: SitePlan) -> list[Piece]:
    named = [
        *((Kind.CABINET, "cabinet", one.id, one.code, one.x, one.y) for one in site.cabinets),
        *((Kind.TAP, "tap", one.id, one.code, one.x, one.y) for one in site.taps),
    ]
    return [
        Piece(kind, number, code, look, x, y, Rect(x - POINT // 2, y - POINT // 2, POINT, POINT))
        for kind, look, number, code, x, y in named
    ]
