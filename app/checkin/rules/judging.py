"""One arriving scan against everything known of its ticket."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from app.checkin.rules.intake import Item
from app.checkin.rules.lists import Placed, on_list
from app.checkin.rules.moves import Move, ScanKind
from app.checkin.rules.verdicts import RuledTicket, Verdict, as_told, verdict
from app.devices.rules.clocks import SKEW_TOLERATED, is_skewed, scan_time
from app.devices.rules.doors import Door, Doors, ListKey

NOWHERE: ListKey = (0, 0)


@dataclass(frozen=True, slots=True)
class JudgedScan:
    """What became of a scan: its place among the ticket's moves, and the answer."""

    placed: Placed
    verdict: Verdict
    skewed: bool

    def of_seats(self, seats: int) -> JudgedScan:
        """The same with a ticket that was for so many when the scan first came."""
        move = self.placed.move._replace(seats=seats)
        return replace(self, placed=self.placed._replace(move=move))


def judge(
    item: Item,
    device: str,
    ticket: RuledTicket,
    doors: Doors | None,
    past: Iterable[Placed],
    now: int,
) -> JudgedScan:
    """Decide on one scan; `now` is the server's time, which an online scan takes."""
    how = item.circumstances
    time = scan_time(item.at, how.offset, how.before, how.after) if how.offline else now
    key = doors.list_at(item.gate, time) if doors else NOWHERE
    door = doors.door(item.gate) if doors else Door()
    told = (time, True, item.annuls, how.admits, ticket.seats)
    move = Move(item.id, device, item.gate, item.kind, *told)
    earlier = on_list((placed for placed in past if placed.move.id != item.id), key)
    ruled = verdict(ticket, door, move, earlier)
    if how.offline and item.kind is ScanKind.ENTRY:
        ruled = as_told(ruled, bool(how.green))
    green = bool(how.green) if how.offline else ruled.green or item.kind is not ScanKind.ENTRY
    placed = Placed(move if green else move._replace(green=False), key)
    ahead = how.offline and time > now + SKEW_TOLERATED
    return JudgedScan(placed, ruled, ahead or is_skewed(item.at, time))
