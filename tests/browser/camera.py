"""What a fake camera films: a QR code, still, black on white."""

from __future__ import annotations

from pathlib import Path

import qrcode

WIDTH, HEIGHT = 640, 480
DARK, LIGHT = 16, 235
HEADER = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
QUIET_ZONE = 4


def film(code: str, target: Path) -> Path:
    """Write two frames that show the code; Chromium loops them."""
    brightness = _picture(code)
    colour = bytes([128]) * (WIDTH * HEIGHT // 2)
    target.write_bytes(HEADER + (b"FRAME\n" + brightness + colour) * 2)
    return target.resolve()


def _picture(code: str) -> bytes:
    """The luminance of each pixel, the code in the middle as large as it fits."""
    made = qrcode.QRCode(border=QUIET_ZONE)
    made.add_data(code)
    modules = made.get_matrix()
    size = HEIGHT // len(modules)
    left, top = (WIDTH - size * len(modules)) // 2, (HEIGHT - size * len(modules)) // 2
    picture = bytearray([LIGHT]) * (WIDTH * HEIGHT)
    for row, line in enumerate(modules):
        for column, dark in enumerate(line):
            if dark:
                _fill(picture, left + column * size, top + row * size, size)
    return bytes(picture)


def _fill(picture: bytearray, left: int, top: int, size: int) -> None:
    for y in range(top, top + size):
        start = y * WIDTH + left
        picture[start : start + size] = bytes([DARK]) * size
