"""The QR of a ticket as picture; made where one ticket is shown, never in a list or a sale."""

from __future__ import annotations

from io import BytesIO

import qrcode
from png import Writer
from qrcode.util import MODE_ALPHA_NUM, QRData

# 124 characters of code and an ordinary host fill version 6 or 7; a mask is as good as any other
# to a reader, and not trying all eight saves three quarters of the time.
SMALLEST_VERSION = 6
MASK = 2
QUIET_ZONE = 4
PIXELS_PER_MODULE = 8

Matrix = list[list[bool]]


def matrix(address: str) -> Matrix:
    """The modules, dark is True, with the quiet zone of four around them."""
    code = qrcode.QRCode(
        version=SMALLEST_VERSION,
        error_correction=qrcode.ERROR_CORRECT_M,
        border=QUIET_ZONE,
        mask_pattern=MASK,
    )
    code.add_data(QRData(address.encode(), mode=MODE_ALPHA_NUM), optimize=0)
    code.make(fit=True)
    modules: Matrix = code.get_matrix()
    return modules


def path(modules: Matrix) -> str:
    """The dark modules as one SVG path, a rectangle for each run of a row."""
    parts = []
    for y, row in enumerate(modules):
        x = 0
        while x < len(row):
            if not row[x]:
                x += 1
                continue
            start = x
            while x < len(row) and row[x]:
                x += 1
            parts.append(f"M{start} {y}h{x - start}v1h-{x - start}z")
    return "".join(parts)


def svg(address: str) -> str:
    """The code as an SVG document: black on white whatever the page's colours are."""
    modules = matrix(address)
    size = len(modules)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" '
        f'shape-rendering="crispEdges"><rect width="{size}" height="{size}" fill="#fff"/>'
        f'<path d="{path(modules)}" fill="#000"/></svg>'
    )


def png(address: str) -> bytes:
    """The code as a PNG with one bit per pixel."""
    scale = PIXELS_PER_MODULE
    rows = [
        [not dark for dark in row for _ in range(scale)]
        for row in matrix(address)
        for _ in range(scale)
    ]
    picture = BytesIO()
    Writer(len(rows), len(rows), greyscale=True, bitdepth=1).write(picture, rows)
    return picture.getvalue()
