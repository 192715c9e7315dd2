"""What surrounds the stalls when nobody has said: streets, a stage, an entrance, trees, tables."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from app.vendors.rules import layout
from app.vendors.rules.layout import Rect, Spot
from app.vendors.rules.specs import LandmarkKind, LandmarkSpec

TREE = 160
TREE_EVERY = 1600
TABLES = Rect(0, 0, 320, 140)

# What each kind is called, by language.
Names = Mapping[LandmarkKind, Mapping[str, str]]


def scenery(spots: Sequence[Spot], names: Names) -> tuple[LandmarkSpec, ...]:
    """Streets as long as their stalls; the first one has the entrance and the stage."""
    if not spots:
        return ()
    streets = _streets(spots)
    placed = (
        *((LandmarkKind.STREET, street) for street in streets),
        (LandmarkKind.ENTRANCE, layout.entrance_rect(streets[0])),
        (LandmarkKind.STAGE, layout.stage_rect(streets[0])),
        *((LandmarkKind.TREE, tree) for street in streets for tree in trees(street)),
        *((LandmarkKind.TABLES, rect) for street in streets for rect in tables(street)),
    )
    return tuple(
        LandmarkSpec(kind, names[kind], rect.x, rect.y, rect.width, rect.height)
        for kind, rect in placed
    )


def trees(street: Rect) -> tuple[Rect, ...]:
    """Trees down the middle of a street."""
    y = street.middle[1] - TREE // 2
    return tuple(
        Rect(x - TREE // 2, y, TREE, TREE)
        for x in range(street.x + TREE_EVERY // 4, street.right - TREE, TREE_EVERY)
    )


def tables(street: Rect) -> tuple[Rect, ...]:
    """A group of tables between each pair of trees."""
    y = street.middle[1] - TABLES.height // 2
    centres = range(street.x + TREE_EVERY * 3 // 4, street.right - TABLES.width, TREE_EVERY)
    return tuple(Rect(x - TABLES.width // 2, y, TABLES.width, TABLES.height) for x in centres)


def _streets(spots: Sequence[Spot]) -> list[Rect]:
    count = layout.street_of(len(spots) - 1) + 1
    grouped: list[list[Rect]] = [[] for _number in range(count)]
    for number, spot in enumerate(spots):
        grouped[layout.street_of(number)].append(spot.rect)
    return [layout.street_rect(number, rects) for number, rects in enumerate(grouped)]
