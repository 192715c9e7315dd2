"""The doors of one event: their hours, whom they take, and which session a scan belongs to."""

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final


class Entries(StrEnum):
    """How often a list lets one ticket in."""

    ONCE = "once"
    DAILY = "daily"
    MANY = "many"


@dataclass(frozen=True, slots=True)
class EntryRule:
    """`reentry`: after an exit one may come in again."""

    entries: Entries = Entries.ONCE
    reentry: bool = True


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


@dataclass(frozen=True, slots=True)
class Door:
    """The rules of one door.

    `event` None: any event (a machine that serves all); `session` None: whichever is nearest.
    """

    event: str | None = None
    opens: int | None = None
    closes: int | None = None
    kinds: tuple[str, ...] | None = None
    entry: EntryRule = field(default_factory=EntryRule)
    session: int | None = None


# One list of arrivals: the event where the scan happened, and its session.
ListKey = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Terms:
    """What is particular to one gate; the empty gate speaks for all."""

    opens: int | None = None
    closes: int | None = None
    kinds: tuple[str, ...] | None = None
    session: int | None = None


@dataclass(frozen=True, slots=True)
class Doors:
    """All that a verdict at this event's gates rests on."""

    event: int
    entry: EntryRule = field(default_factory=EntryRule)
    terms: tuple[tuple[str, Terms], ...] = ()
    sessions: tuple[ListedSession, ...] = ()
    # A batch asks for the same few gates a thousand times.
    _asked: dict[str, Door] = field(default_factory=dict, init=False, repr=False, compare=False)

    def door(self, gate: str) -> Door:
        """The rules at a gate: its own where it has any, else the event's."""
        door = self._asked.get(gate)
        if door is None:
            own = self._terms(gate)
            door = Door(str(self.event), own.opens, own.closes, own.kinds, self.entry, own.session)
            self._asked[gate] = door
        return door

    def list_at(self, gate: str, time: int) -> ListKey:
        """The list a scan at this gate and time belongs to."""
        fixed = self.session_of(gate)
        return (self.event, fixed or session_at(time, self.sessions))

    def session_of(self, gate: str) -> int | None:
        """The one session this gate stands for, if it is set."""
        return self.door(gate).session

    def _terms(self, gate: str) -> Terms:
        by_gate = dict(self.terms)
        return by_gate.get(gate) or by_gate.get("") or Terms()


LONGEST_GATE: Final = 80
