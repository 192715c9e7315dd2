"""From centimetres on the ground to a drawing: boxes, awnings and labels in the units of an SVG.

The same plan is drawn twice: across (the street runs left to right, for a wide page and for
paper) and down (the street runs down the page, for a phone). One metre is 24 units.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.vendors.rules.layout import Facing, Rect, Spot, around

UNITS_PER_METRE = 24
MARGIN = 60
BITE = 12
EAVES = 14
OVERHANG = 4


class Direction(StrEnum):
    ACROSS = "across"
    DOWN = "down"


@dataclass(frozen=True)
class Point:
    x: float
    y: float


@dataclass(frozen=True)
class Box:
    x: float
    y: float
    width: float
    height: float

    @property
    def centre(self) -> Point:
        return Point(self.x + self.width / 2, self.y + self.height / 2)


@dataclass(frozen=True)
class Booth:
    """One stall as it is drawn: its roof, the scalloped awning at its open side, its labels."""

    box: Box
    awning: str
    number: Point
    sign: Point
    marks: tuple[Point, ...]


@dataclass(frozen=True)
class Sheet:
    """The paper that a plan is drawn on; it turns ground into units."""

    ground: Rect
    direction: Direction

    @property
    def width(self) -> float:
        return _units(self.ground.width if self._across else self.ground.height)

    @property
    def height(self) -> float:
        return _units(self.ground.height if self._across else self.ground.width)

    @property
    def view_box(self) -> str:
        return f"0 0 {_short(self.width)} {_short(self.height)}"

    def point(self, x: int, y: int) -> Point:
        along, aside = _units(x - self.ground.x), _units(y - self.ground.y)
        return Point(along, aside) if self._across else Point(aside, along)

    def box(self, rect: Rect) -> Box:
        corner = self.point(rect.x, rect.y)
        width, height = _units(rect.width), _units(rect.height)
        if not self._across:
            width, height = height, width
        return Box(corner.x, corner.y, width, height)

    def booth(self, spot: Spot, marks: Sequence[int]) -> Booth:
        """`marks` are the widths of the small signs in the stall's lower half."""
        box = self.box(spot.rect)
        edge = self._edge(spot.facing)
        return Booth(box, _awning(box, edge), *_labels(box, edge, marks))

    @property
    def _across(self) -> bool:
        return self.direction is Direction.ACROSS

    def _edge(self, facing: Facing) -> str:
        """The side of the box, on the paper, that is open to the street."""
        forward = facing is Facing.SOUTH
        if self._across:
            return "bottom" if forward else "top"
        return "right" if forward else "left"


def sheet(rects: Sequence[Rect], direction: Direction, margin: int = MARGIN) -> Sheet:
    """Paper with room for everything, and a margin in centimetres."""
    return Sheet(around(rects, margin), direction)


def path(points: Sequence[Point]) -> str:
    """An SVG polyline through the points."""
    return "M" + " L".join(f"{_short(point.x)} {_short(point.y)}" for point in points)


def _labels(box: Box, edge: str, marks: Sequence[int]) -> tuple[Point, Point, tuple[Point, ...]]:
    """The number in the upper half, the marks in the lower, both clear of the awning; the sign
    of the state sits on the back corner, where no customer stands."""
    inner = _inner(box, edge)
    row = inner.y + inner.height * 0.72
    left = inner.centre.x - sum(marks) / 2
    ends = [left + sum(marks[: number + 1]) for number in range(len(marks))]
    return (
        Point(inner.centre.x, inner.y + inner.height * 0.33),
        _back_corner(box, edge),
        tuple(Point(end - width / 2, row) for end, width in zip(ends, marks, strict=True)),
    )


def _inner(box: Box, edge: str) -> Box:
    """The roof without the strip of the awning."""
    x = box.x + (EAVES if edge == "left" else 0)
    y = box.y + (EAVES if edge == "top" else 0)
    width = box.width - (EAVES if edge in ("left", "right") else 0)
    height = box.height - (EAVES if edge in ("top", "bottom") else 0)
    return Box(x, y, width, height)


def _back_corner(box: Box, edge: str) -> Point:
    x, y = box.x + box.width - 4, box.y + 4
    if edge == "top":
        y = box.y + box.height + OVERHANG
    if edge == "bottom":
        y = box.y - OVERHANG
    if edge == "left":
        x = box.x + box.width + OVERHANG
    if edge == "right":
        x = box.x - OVERHANG
    return Point(x, y)


def _awning(box: Box, edge: str) -> str:
    """A strip along the open side that ends in half circles, as a market awning does."""
    if edge in ("top", "bottom"):
        return _strip_along_x(box, outward=edge == "bottom")
    return _strip_along_y(box, outward=edge == "right")


def _strip_along_x(box: Box, *, outward: bool) -> str:
    outer = box.y + box.height if outward else box.y
    inner = outer - EAVES if outward else outer + EAVES
    arcs = _arcs(box.width, sweep=1 if outward else 0, along_x=True)
    return f"M{_short(box.x)} {_short(inner)}H{_short(box.x + box.width)}V{_short(outer)}{arcs}Z"


def _strip_along_y(box: Box, *, outward: bool) -> str:
    outer = box.x + box.width if outward else box.x
    inner = outer - EAVES if outward else outer + EAVES
    arcs = _arcs(box.height, sweep=0 if outward else 1, along_x=False)
    return f"M{_short(inner)} {_short(box.y)}V{_short(box.y + box.height)}H{_short(outer)}{arcs}Z"


def _arcs(length: float, *, sweep: int, along_x: bool) -> str:
    """Half circles that bulge outward, walked backwards along the open side."""
    count, bite = _bites(length)
    step = f"{-bite:.2f} 0" if along_x else f"0 {-bite:.2f}"
    return f"a{bite / 2:.2f} {bite / 2:.2f} 0 0 {sweep} {step}" * count


def _bites(length: float) -> tuple[int, float]:
    count = max(1, round(length / BITE))
    return count, length / count


def _units(centimetres: int) -> float:
    return centimetres * UNITS_PER_METRE / 100


def _short(number: float) -> str:
    return f"{number:.2f}".rstrip("0").rstrip(".")
