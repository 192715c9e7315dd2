"""Where things stand when nobody has said: a street with odd numbers on one side and even opposite.

All lengths are centimetres. x runs along the street from its entrance, y across it: the
middle of the first street is 0, its north side is negative. A stall turns its open front to
the street.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

STREET = 700
DEPTH = 300
GAP = 60
PER_SIDE = 15
BEHIND = 170
# Stalls with more than this between them are no neighbours: one walks through.
NEXT_TO = 150
BETWEEN_STREETS = 2 * DEPTH + 700


class Facing(StrEnum):
    """The side of a stall that is open to the street."""

    SOUTH = "south"
    NORTH = "north"


@dataclass(frozen=True)
class Rect:
    """Corner and size."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + self.width // 2, self.y + self.height // 2

    def grown(self, by: int) -> Rect:
        return Rect(self.x - by, self.y - by, self.width + 2 * by, self.height + 2 * by)

    def touches(self, other: Rect) -> bool:
        return (
            self.x < other.right
            and other.x < self.right
            and self.y < other.bottom
            and other.y < self.bottom
        )


@dataclass(frozen=True)
class Spot:
    """Where a stall stands and which way it looks."""

    rect: Rect
    facing: Facing


def street_of(number: int) -> int:
    """Which street the stall with this place in the row stands in, from 0."""
    return number // (2 * PER_SIDE)


def spots(frontages: Sequence[int]) -> tuple[Spot, ...]:
    """A spot for each stall in the order given: first, third, fifth … north, the others south."""
    reached: dict[tuple[int, int], int] = {}
    found = []
    for number, frontage in enumerate(frontages):
        side = (street_of(number), number % 2)
        x = reached.get(side, 0)
        reached[side] = x + frontage + GAP
        found.append(_spot(side, x, frontage))
    return tuple(found)


def street_rect(number: int, stalls: Iterable[Rect]) -> Rect:
    """The paving of a street: as long as its stalls, with room at both ends."""
    longest = max((rect.right for rect in stalls), default=PER_SIDE * (DEPTH + GAP))
    return Rect(-GAP, middle_of(number) - STREET // 2, longest + 2 * GAP, STREET)


def stage_rect(street: Rect) -> Rect:
    """A stage that closes the far end of a street."""
    return Rect(street.right, street.y, 480, street.height)


def entrance_rect(street: Rect) -> Rect:
    return Rect(street.x - 320, street.y, 320, street.height)


def behind(spot: Spot) -> tuple[int, int]:
    """A point at the back of a stall, where a cabinet or a tap can stand."""
    x, _y = spot.rect.middle
    return x, _back_of(spot)


def point_for(served: Sequence[Spot], taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Behind the middle one of the stalls that it serves, aside from what stands there already.

    Where it serves both sides of the street, it stands on the side with fewer things.
    """
    rows: dict[int, list[Spot]] = {}
    for spot in served:
        rows.setdefault(_back_of(spot), []).append(spot)
    if not rows:
        return _aside((0, -STREET // 2 - DEPTH - BEHIND), taken)

    def crowding(back: int) -> tuple[int, int]:
        return sum(1 for _x, row in taken if row == back), -len(rows[back])

    row = rows[min(rows, key=crowding)]
    return _aside(behind(sorted(row, key=lambda spot: spot.rect.x)[len(row) // 2]), taken)


def around(rects: Sequence[Rect], margin: int) -> Rect:
    """The smallest rectangle with all of them and a margin."""
    if not rects:
        return Rect(0, 0, 2 * margin, 2 * margin)
    left, top = min(rect.x for rect in rects), min(rect.y for rect in rects)
    right, bottom = max(rect.right for rect in rects), max(rect.bottom for rect in rects)
    return Rect(left, top, right - left, bottom - top).grown(margin)


def neighbours(row: Sequence[tuple[str, Rect]]) -> tuple[tuple[str, str], ...]:
    """Codes that stand side by side: same row, with little between them."""
    ordered = sorted(row, key=lambda entry: (entry[1].y, entry[1].x))
    return tuple(
        (first, second)
        for (first, left), (second, right) in pairwise(ordered)
        if left.y == right.y and right.x - left.right <= NEXT_TO
    )


def middle_of(street: int) -> int:
    return street * (STREET + BETWEEN_STREETS)


def _spot(side: tuple[int, int], x: int, frontage: int) -> Spot:
    street, south = side
    middle = middle_of(street)
    if south:
        return Spot(Rect(x, middle + STREET // 2, frontage, DEPTH), Facing.NORTH)
    return Spot(Rect(x, middle - STREET // 2 - DEPTH, frontage, DEPTH), Facing.SOUTH)


def _aside(point: tuple[int, int], taken: Sequence[tuple[int, int]]) -> tuple[int, int]:
    x, y = point
    while any(abs(x - other) < BEHIND and y == row for other, row in taken):
        x += BEHIND
    return x, y


def _back_of(spot: Spot) -> int:
    if spot.facing is Facing.SOUTH:
        return spot.rect.y - BEHIND
    return spot.rect.bottom + BEHIND
