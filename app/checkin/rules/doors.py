"""The doors of one event: their hours, whom they take, and which session a scan belongs to."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from app.checkin.rules.moves import EntryRule, Kind, ListedSession, Move, session_at
from app.checkin.rules.verdicts import Door

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
        found = self._asked.get(gate)
        if found is None:
            own = self._terms(gate)
            found = Door(str(self.event), own.opens, own.closes, own.kinds, self.entry, own.session)
            self._asked[gate] = found
        return found

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


class Placed(NamedTuple):
    """A move of a ticket with the list it belongs to."""

    move: Move
    key: ListKey


def on_list(placed: Iterable[Placed], key: ListKey) -> list[Move]:
    """The moves of one list; an undo reaches its scan on any list of the event it was made at."""
    return [one.move for one in placed if one.key == key or _undoes_at(one, key)]


def _undoes_at(placed: Placed, key: ListKey) -> bool:
    return placed.move.kind is Kind.ANNUL and placed.key[0] == key[0]
