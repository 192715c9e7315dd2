"""The installation's logo, drawn anew from the file that was handed in."""

from __future__ import annotations

from io import BytesIO
from typing import IO, Final

from PIL import Image

from app.core import pictures
from app.core.pictures import DrawnPicture

# The longer and the shorter side at least: it stands 44 points high in the pages' head.
LEAST: Final = (80, 40)
# As large as a sharp screen shows it; a very long one becomes lower, not wider.
WIDEST: Final = 640
HIGHEST: Final = 132


def drawn_anew(file: IO[bytes], name: str) -> DrawnPicture:
    """The logo as PNG, transparent where it was; raises PictureRefused."""
    return pictures.drawn_anew(file, name, _drawn, LEAST)


def _drawn(picture: Image.Image) -> DrawnPicture:
    small = pictures.shrunk(pictures.clear(picture), WIDEST, HIGHEST)
    written = BytesIO()
    small.save(written, "PNG", optimize=True)
    return DrawnPicture(written.getvalue(), *small.size)
