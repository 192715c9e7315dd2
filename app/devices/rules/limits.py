"""How many a place holds, and whom that limit looks at."""

from dataclasses import dataclass
from enum import StrEnum
from math import ceil
from typing import Final

WARN_AT: Final = 90


class Inside(StrEnum):
    """Whom a limit looks at: who is counted by hand, who came with a ticket, or both together."""

    COUNTED = "counted"
    TICKETS = "tickets"
    BOTH = "both"


@dataclass(frozen=True, slots=True)
class Limit:
    """How many the place holds, at how many per cent to warn, and whom it looks at."""

    most: int | None = None
    warn_at: int = WARN_AT
    of: Inside = Inside.COUNTED

    @property
    def alarm_at(self) -> int | None:
        """How many may be inside until the doors are warned."""
        return None if self.most is None else ceil(self.most * self.warn_at / 100)


NO_LIMIT: Final = Limit()
