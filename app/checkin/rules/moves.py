"""The words of the door: a move of one ticket, and how a list takes entries."""

from enum import StrEnum
from typing import NamedTuple


class ScanKind(StrEnum):
    """What a scan says happened."""

    ENTRY = "entry"
    EXIT = "exit"
    ANNUL = "annul"


class QuarantineOutcome(StrEnum):
    """What the lead did about something in quarantine."""

    TAKEN = "taken"
    SEEN = "seen"


class Move(NamedTuple):
    """One stored scan of a ticket; `time` in milliseconds since 1970, UTC.

    `green` is what the person was told; only green entries are entries. `seats` is how many the
    ticket was for when the scan came, `admits` how many of them came in with it: None for all who
    had not come yet. A batch makes thousands of these: a named tuple is made in a third of a frozen
    dataclass's time.
    """

    id: str
    device: str
    gate: str
    kind: ScanKind
    time: int
    green: bool = True
    annuls: str | None = None
    admits: int | None = None
    seats: int = 1

    @property
    def place(self) -> tuple[int, str, str]:
        """Where the move stands among the ticket's moves: a total order."""
        return (self.time, self.device, self.id)
