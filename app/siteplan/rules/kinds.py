"""What a site plan is made of, as addresses, files and the audit trail call it."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

# The columns of a thing's row by name; each kind has its own.
Facts = Mapping[str, Any]


class Kind(StrEnum):
    """The kinds of thing, in the order in which a plan is made."""

    ZONE = "zones"
    CABINET = "cabinets"
    TAP = "taps"
    STALL = "stalls"
    LANDMARK = "landmarks"

    @property
    def subject(self) -> str:
        """The name in the audit trail, and in the first column of a file."""
        return self.value.removesuffix("s")


# What a stall names, by its column.
FEEDERS = {"zone_id": Kind.ZONE, "cabinet_id": Kind.CABINET, "tap_id": Kind.TAP}
