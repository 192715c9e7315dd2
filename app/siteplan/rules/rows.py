"""A row of equal stalls, and where the next thing goes when nobody has said. Centimetres."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from app.vendors.rules.layout import BEHIND, DEPTH, GAP, STREET, Rect

MOST_IN_A_ROW = 60
PHASES = 3


class Along(StrEnum):
    """The way a row runs over the plan."""

    RIGHT = "right"
    DOWN = "down"


@dataclass(frozen=True)
class RowOfStalls:
    """So many stalls of one size with so much between."""

    count: int
    x: int
    y: int
    frontage_cm: int
    depth_cm: int
    between_cm: int
    along: Along = Along.RIGHT


def places(row: RowOfStalls) -> list[tuple[int, int]]:
    """The corner of each stall."""
    if row.along is Along.RIGHT:
        step = row.frontage_cm + row.between_cm
        return [(row.x + number * step, row.y) for number in range(row.count)]
    step = row.depth_cm + row.between_cm
    return [(row.x, row.y + number * step) for number in range(row.count)]


def phase_in_turn(number: int, phases: int, cabinet_phases: int) -> int:
    """Stalls of one phase take the three of their cabinet in turn, so that none is loaded alone."""
    return number % PHASES + 1 if phases < PHASES <= cabinet_phases else 1


def next_corner(stalls: Sequence[Rect]) -> tuple[int, int]:
    """Where a new stall goes: to the right of the last one, else where a street begins."""
    if not stalls:
        return 0, -STREET // 2 - DEPTH
    last = stalls[-1]
    return last.right + GAP, last.y


def beside(stalls: Sequence[Rect], taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where a new cabinet or tap goes: behind the first stalls, aside from what stands there."""
    top = min((rect.y for rect in stalls), default=-STREET // 2 - DEPTH)
    left = min((rect.x for rect in stalls), default=0)
    x, y = left, top - BEHIND
    while any(abs(x - other) < BEHIND and abs(y - row) < BEHIND for other, row in taken):
        x += BEHIND
    return x, y


def overlapping(stalls: Sequence[tuple[str, Rect]]) -> list[tuple[str, str]]:
    """Codes of open stalls that stand on one another."""
    return [
        (first, second)
        for number, (first, one) in enumerate(stalls)
        for second, other in stalls[number + 1 :]
        if one.touches(other)
    ]
