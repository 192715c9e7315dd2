"""The words of the door: a move of one ticket, and how a list takes entries."""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple


class Kind(StrEnum):
    """What a scan says happened."""

    ENTRY = "entry"
    EXIT = "exit"
    ANNUL = "annul"


class Entries(StrEnum):
    """How often a list lets one ticket in."""

    ONCE = "once"
    DAILY = "daily"
    MANY = "many"


class Settled(StrEnum):
    """What the lead did about something in quarantine."""

    TAKEN = "taken"
    SEEN = "seen"


@dataclass(frozen=True, slots=True)
class EntryRule:
    """`reentry`: after an exit one may come in again."""

    entries: Entries = Entries.ONCE
    reentry: bool = True


class Move(NamedTuple):
    """One stored scan of a ticket; `time` in milliseconds since 1970, UTC.

    `green` is what the person was told; only green entries are entries. A batch makes thousands
    of these: a named tuple is made in a third of a frozen dataclass's time.
    """

    id: str
    device: str
    gate: str
    kind: Kind
    time: int
    green: bool = True
    annuls: str | None = None

    @property
    def place(self) -> tuple[int, str, str]:
        """Where the move stands among the ticket's moves: a total order."""
        return (self.time, self.device, self.id)


@dataclass(frozen=True, slots=True)
class ListedSession:
    """A session of a course: each has its own list."""

    id: int
    starts: int
    ends: int


def session_at(time: int, sessions: tuple[ListedSession, ...]) -> int:
    """The session that a scan at this time belongs to: the nearest; 0 where there is none."""
    if len(sessions) < 2:
        return sessions[0].id if sessions else 0

    def distance(session: ListedSession) -> tuple[int, int, int]:
        away = max(session.starts - time, time - session.ends, 0)
        return (away, session.starts, session.id)

    return min(sessions, key=distance).id
