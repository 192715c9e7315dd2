"""How many came with a ticket, told from its admissions: never more than it was for."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Final, NamedTuple

# On a list that begins anew each day an epoch is a thousand times the day, and so many exits.
EPOCHS_A_DAY: Final = 1000


class DoorEntry(NamedTuple):
    """An admission with any of a guest's tickets: of `seats` people `admits` came with it."""

    at: datetime
    scan_id: str
    gate: str
    session_id: int
    epoch: int
    admits: int
    seats: int


@dataclass(frozen=True, slots=True)
class CameIn:
    """How many of a place came, and when and where the first of them did."""

    number: int
    at: datetime
    gate: str


def by_gate(arrivals: Iterable[DoorEntry]) -> Counter[str]:
    """How many came in at each gate, who comes to several sessions or days counted once.

    The most that were at any one of them are so many people at least; where that number grows,
    the gate has it.
    """
    gates: Counter[str] = Counter()
    lists: Counter[tuple[int, int]] = Counter()
    booked: Counter[tuple[int, int]] = Counter()
    most = 0
    for arrival in sorted(arrivals):
        key = (arrival.session_id, arrival.epoch // EPOCHS_A_DAY)
        lists[key] += arrival.admits
        booked[key] = max(booked[key], arrival.seats)
        there = min(lists[key], booked[key])
        if there > most:
            gates[arrival.gate] += there - most
            most = there
    return gates


def came_in(arrivals: Iterable[DoorEntry]) -> CameIn | None:
    """What the admissions of a place say together; None where nobody came."""
    ordered = sorted(arrivals)
    if not ordered:
        return None
    return CameIn(by_gate(ordered).total(), ordered[0].at, ordered[0].gate)
