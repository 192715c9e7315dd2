"""A drawn code read back."""

from __future__ import annotations

import zxingcpp
from PIL import Image


def read(picture: Image.Image) -> str:
    [found] = zxingcpp.read_barcodes(picture)
    return found.text
