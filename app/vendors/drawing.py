"""A site plan as a drawing: everything with its place on the paper, nothing about colours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from app.vendors.rules import layout
from app.vendors.rules.geometry import Booth, Box, Direction, Point, Sheet, path, sheet
from app.vendors.rules.layout import Facing, Rect
from app.vendors.rules.siteplan import (
    PlannedCabinet,
    PlannedLandmark,
    PlannedStall,
    PlannedTap,
    SitePlan,
)
from app.vendors.rules.specs import LandmarkKind

# Behind a row of stalls: room for cabinets and taps, and then the name of the zone.
BACKYARD = 360
NAME_BEHIND = 300
SIDE = 30
FLAG_EVERY = 800
FLAGS = 8
MARK = 14
POWER_MARK = 27


@dataclass(frozen=True)
class DrawnStall:
    stall: PlannedStall
    booth: Booth
    marks: tuple[tuple[str, Point], ...]


@dataclass(frozen=True)
class DrawnZone:
    """One row of a zone's stalls with its ground; the name is turned where the street runs down."""

    name: Mapping[str, str]
    box: Box
    label: Point
    turn: int
    tone: int


@dataclass(frozen=True)
class DrawnLandmark:
    landmark: PlannedLandmark
    box: Box


@dataclass(frozen=True)
class DrawnCabinet:
    cabinet: PlannedCabinet
    at: Point


@dataclass(frozen=True)
class DrawnTap:
    tap: PlannedTap
    at: Point


@dataclass(frozen=True)
class Flag:
    """A pennant over the street: a triangle; `tone` counts round the colours of the bunting."""

    shape: str
    tone: int


@dataclass(frozen=True)
class Drawing:
    direction: Direction
    sheet: Sheet
    stalls: tuple[DrawnStall, ...]
    zones: tuple[DrawnZone, ...]
    landmarks: tuple[DrawnLandmark, ...]
    cabinets: tuple[DrawnCabinet, ...]
    taps: tuple[DrawnTap, ...]
    wires: tuple[str, ...]
    flags: tuple[Flag, ...]

    def of_kind(self, kind: str) -> tuple[DrawnLandmark, ...]:
        return tuple(one for one in self.landmarks if one.landmark.kind == kind)


def draw(plan: SitePlan, direction: Direction) -> Drawing:
    """The whole plan on one sheet that holds it."""
    rows = _rows(plan)
    paper = sheet([*_grounds(rows), *(mark.rect for mark in plan.landmarks)], direction)
    return Drawing(
        direction,
        paper,
        tuple(_stall(paper, stall) for stall in plan.stalls),
        tuple(_zones(paper, plan)),
        tuple(DrawnLandmark(mark, paper.box(mark.rect)) for mark in plan.landmarks),
        tuple(DrawnCabinet(one, paper.point(one.x, one.y)) for one in plan.cabinets),
        tuple(DrawnTap(one, paper.point(one.x, one.y)) for one in plan.taps),
        tuple(_wires(paper, plan)),
        tuple(_flags(paper, plan)),
    )


def marks_of(stall: PlannedStall) -> tuple[str, ...]:
    """The small signs on a stall: what it has."""
    there = {
        "power": stall.power_amp > 0,
        "water": stall.tap is not None,
        "gas": stall.gas,
        "wheelchair": stall.wheelchair,
    }
    return tuple(name for name, has in there.items() if has)


def _stall(paper: Sheet, stall: PlannedStall) -> DrawnStall:
    names = marks_of(stall)
    widths = [POWER_MARK if name == "power" else MARK for name in names]
    booth = paper.booth(stall.spot, widths)
    return DrawnStall(stall, booth, tuple(zip(names, booth.marks, strict=True)))


def _rows(plan: SitePlan) -> dict[tuple[str | None, int], list[PlannedStall]]:
    """Stalls of one zone that stand in one row."""
    rows: dict[tuple[str | None, int], list[PlannedStall]] = {}
    for stall in plan.stalls:
        rows.setdefault((stall.zone, stall.spot.rect.y), []).append(stall)
    return rows


def _grounds(rows: Mapping[tuple[str | None, int], list[PlannedStall]]) -> list[Rect]:
    return [_ground(row) for row in rows.values()]


def _ground(row: list[PlannedStall]) -> Rect:
    """A row with the yard behind it."""
    inner = layout.around([stall.spot.rect for stall in row], 0)
    top = inner.y - (BACKYARD if row[0].spot.facing is Facing.SOUTH else 0)
    return Rect(inner.x - SIDE, top, inner.width + 2 * SIDE, inner.height + BACKYARD)


def _zones(paper: Sheet, plan: SitePlan) -> Iterator[DrawnZone]:
    across = paper.direction is Direction.ACROSS
    codes = [zone.code for zone in plan.zones]
    for (code, _y), row in _rows(plan).items():
        zone = plan.zone(code)
        ground = _ground(row)
        north = row[0].spot.facing is Facing.SOUTH
        depth = BACKYARD - NAME_BEHIND
        label = (ground.middle[0], ground.y + depth if north else ground.bottom - depth)
        turn = 0 if across else (-90 if north else 90)
        name = zone.name if zone else {}
        tone = codes.index(code) if code in codes else 0
        yield DrawnZone(name, paper.box(ground), paper.point(*label), turn, tone)


def _wires(paper: Sheet, plan: SitePlan) -> Iterator[str]:
    """From a cabinet along the yard to the back of each stall it feeds in that yard."""
    for cabinet in plan.cabinets:
        for stall in plan.fed_by(cabinet.code):
            x, back = layout.behind(stall.spot)
            if back == cabinet.y:
                end = back + (1 if stall.spot.facing is Facing.SOUTH else -1) * layout.BEHIND
                corners = ((cabinet.x, cabinet.y), (x, cabinet.y), (x, end))
                yield path([paper.point(*corner) for corner in corners])


def _flags(paper: Sheet, plan: SitePlan) -> Iterator[Flag]:
    """Pennants on lines across each street."""
    streets = (one.rect for one in plan.landmarks if one.kind == LandmarkKind.STREET)
    for street in streets:
        for x in range(street.x + FLAG_EVERY, street.right - FLAG_EVERY // 2, FLAG_EVERY):
            yield from _line_of_flags(paper, x, street)


def _line_of_flags(paper: Sheet, x: int, street: Rect) -> Iterator[Flag]:
    step = street.height // FLAGS
    for number in range(FLAGS):
        y = street.y + number * step + step // 6
        corners = ((x, y), (x, y + step * 2 // 3), (x + 45, y + step // 3))
        yield Flag(path([paper.point(*corner) for corner in corners]) + "Z", number % 4)
