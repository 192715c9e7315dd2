"""The list of arrivals that a move of a ticket belongs to."""

from collections.abc import Iterable
from typing import NamedTuple

from app.checkin.rules.moves import Move, ScanKind
from app.devices.rules.doors import ListKey


class Placed(NamedTuple):
    """A move of a ticket with the list it belongs to."""

    move: Move
    key: ListKey


def on_list(placed: Iterable[Placed], key: ListKey) -> list[Move]:
    """The moves of one list; an undo reaches its scan on any list of the event it was made at."""
    return [each.move for each in placed if each.key == key or _undoes_at(each, key)]


def _undoes_at(placed: Placed, key: ListKey) -> bool:
    return placed.move.kind is ScanKind.ANNUL and placed.key[0] == key[0]
