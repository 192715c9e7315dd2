"""Pictures of codes as cameras see them: grey bytes, made without a drawing library."""

from __future__ import annotations

from pathlib import Path

from app.tickets.drawing import matrix

WIDTH, HEIGHT = 640, 480
DARK, LIGHT = 16, 235


def grey_rows(address: str, brightness: float = 1.0) -> list[bytes]:
    """The code in the middle of a camera's picture; brightness 0.25 is a dim room."""
    modules = matrix(address)
    scale = min(WIDTH, HEIGHT) * 9 // 10 // len(modules)
    side = scale * len(modules)
    left, top = (WIDTH - side) // 2, (HEIGHT - side) // 2
    dark, light = int(DARK * brightness), int(LIGHT * brightness)
    blank = bytes([light]) * WIDTH
    rows = [blank] * top
    for modules_of_row in matrix(address):
        inner = b"".join(bytes([dark if one else light]) * scale for one in modules_of_row)
        row = bytes([light]) * left + inner + bytes([light]) * (WIDTH - left - side)
        rows += [row] * scale
    return rows + [blank] * (HEIGHT - len(rows))


def write_film(path: Path, address: str, brightness: float = 1.0) -> None:
    """A film of two equal pictures for Chromium's fake camera."""
    picture = b"".join(grey_rows(address, brightness)) + bytes([128]) * (WIDTH * HEIGHT // 2)
    header = f"YUV4MPEG2 W{WIDTH} H{HEIGHT} F10:1 Ip A1:1 C420jpeg\n".encode()
    path.write_bytes(header + (b"FRAME\n" + picture) * 2)
