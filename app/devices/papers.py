"""The QR that pairs a phone: shown on the desk's screen for ten minutes."""

from __future__ import annotations

from dataclasses import dataclass

import qrcode

from app.tickets.drawing import path

QUIET_ZONE = 4


@dataclass(frozen=True, slots=True)
class Picture:
    """A QR as one SVG path over a square of `size` modules."""

    size: int
    path: str


def pairing_picture(address: str) -> Picture:
    """The address as a picture; it has small letters, so it is written byte by byte."""
    code = qrcode.QRCode(error_correction=qrcode.ERROR_CORRECT_M, border=QUIET_ZONE)
    code.add_data(address, optimize=0)
    code.make(fit=True)
    modules: list[list[bool]] = code.get_matrix()
    return Picture(len(modules), path(modules))
