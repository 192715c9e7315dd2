"""What is particular to a gate, or to all gates of an event, as it is set."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from enum import Enum
from typing import Final

from app.devices.rules.doors import Entries
from app.devices.rules.limits import Inside


class Unset(Enum):
    """Not given."""

    UNSET = "unset"


UNSET: Final = Unset.UNSET


@dataclass(frozen=True, slots=True, kw_only=True)
class DoorTerms:
    """Terms to set; what is not given stays as it was. An event's own stand in its last five."""

    opens_at: datetime | Unset | None = UNSET
    closes_at: datetime | Unset | None = UNSET
    kinds: list[str] | Unset | None = UNSET
    session_id: int | Unset | None = UNSET
    entries: Entries | Unset = UNSET
    reentry: bool | Unset = UNSET
    most_inside: int | Unset | None = UNSET
    warn_at: int | Unset = UNSET
    limit_of: Inside | Unset = UNSET

    def given(self) -> Mapping[str, object]:
        """Those that are given, by name."""
        every = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in every.items() if value is not UNSET}
