"""A plan on a sheet of A3: the scale that holds it, and how long everything is in millimetres."""

from __future__ import annotations

from dataclasses import dataclass

from app.vendors.rules.layout import Rect

# A3 lying down without its margins, and without the lines of the title.
WIDTH, HEIGHT = 396, 250
SCALES = (
    *(50, 75, 100, 125, 150, 200, 250, 300, 400, 500, 750),
    *(1000, 1500, 2000, 2500, 5000, 10_000, 20_000, 30_000),
)
MILLIMETRES = 10
# The bar that tells the scale is about this long.
BAR = 60
BAR_METRES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000)


@dataclass(frozen=True)
class Paper:
    """The drawing as it is printed: one millimetre stands for `scale` of them."""

    scale: int
    width: float
    height: float
    bar_metres: int
    bar: float


def paper(ground: Rect) -> Paper:
    """The largest of the usual scales at which the ground fits."""
    scale = next((one for one in SCALES if _fits(ground, one)), SCALES[-1])
    metres = max((one for one in BAR_METRES if one * 1000 / scale <= BAR), default=BAR_METRES[0])
    return Paper(
        scale,
        ground.width * MILLIMETRES / scale,
        ground.height * MILLIMETRES / scale,
        metres,
        metres * 1000 / scale,
    )


def _fits(ground: Rect, scale: int) -> bool:
    width, height = ground.width * MILLIMETRES / scale, ground.height * MILLIMETRES / scale
    return width <= WIDTH and height <= HEIGHT
