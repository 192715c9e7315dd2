"""The columns of a plan as a file, and what a cell of each may say."""

from __future__ import annotations

import re
from enum import StrEnum

CENTIMETRES = 100
MOST_ROWS = 1000
LONGEST = 300_000


class Heading(StrEnum):
    """The columns in their order; those of names follow for each language."""

    TYPE = "type"
    CODE = "code"
    ZONE = "zone"
    X = "x"
    Y = "y"
    WIDTH = "width"
    DEPTH = "depth"
    FACING = "facing"
    CABINET = "cabinet"
    POWER = "power"
    PHASES = "phases"
    PHASE = "phase"
    PLUGS = "plugs"
    TAP = "tap"
    HOSES = "hoses"
    GAS = "gas"
    WHEELCHAIR = "wheelchair"
    BLOCKED = "blocked"
    ARRIVES = "arrives"
    CALL = "call"


def whole(text: str) -> int | None:
    """A whole number from nothing on; None where it is none."""
    return int(text) if re.fullmatch(r"\d{1,6}", text) else None


def centimetres(text: str) -> int | None:
    """Metres with comma or point, as whole centimetres; None where it is no number."""
    plain = text.replace("\u2212", "-").replace(",", ".")
    if not re.fullmatch(r"-?\d{1,5}(\.\d{1,4})?", plain):
        return None
    return round(float(plain) * CENTIMETRES)


class Metres(float):
    """Metres that a file writes with a comma, as a Danish spreadsheet reads a number."""

    def __str__(self) -> str:
        return f"{float(self):.2f}".rstrip("0").rstrip(".").replace(".", ",")
