"""An event's picture in our own sizes, drawn anew from the file that was handed in."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Final

from PIL import Image

from app.core import pictures
from app.core.pictures import DrawnPicture
from app.events.rules import WIDTHS, PictureSize

# The longer and the shorter side at least.
LEAST: Final = (600, 300)
QUALITY: Final = 82


def drawn_anew(file: IO[bytes], name: str) -> dict[PictureSize, DrawnPicture]:
    """The picture in each size; raises PictureRefused. Nothing of the file itself is kept."""
    return pictures.drawn_anew(file, name, _sizes_of, LEAST)


def _sizes_of(picture: Image.Image) -> dict[PictureSize, DrawnPicture]:
    widest = max(WIDTHS.values())
    picture.draft("RGB", (widest, widest))
    upright = pictures.on_white(picture)
    return {size: _drawn(upright, width) for size, width in WIDTHS.items()}


def _drawn(picture: Image.Image, width: int) -> DrawnPicture:
    small = pictures.shrunk(picture, width, picture.height)
    written = BytesIO()
    small.save(written, "JPEG", quality=QUALITY, optimize=True, progressive=True)
    return DrawnPicture(written.getvalue(), *small.size)
