"""The figures of a door, followed as they change: counted once in full, then place by place.

Nothing is stored: a board is this process's own memory of what the rows say. What changed since
its last look is found by two things that only grow: when scans were received, and the version of
the list that each ticket bears. A scan may be committed a little later than another that was
received after it; so each look goes back a little and passes over what it has seen.
"""

from __future__ import annotations

import threading
import weakref
from bisect import bisect_right
from collections import Counter
from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Engine, Select, bindparam, func, literal_column, select
from sqlalchemy.orm import aliased

from app.checkin.models import DoubleAdmission, Scan
from app.checkin.queries.row_sets import among, keys_of
from app.core import clock
from app.core.database import db
from app.core.prepared import Prepared
from app.devices.models import DoorRule
from app.devices.rules.moments import milliseconds
from app.events.models import EventKey
from app.tickets.models import Ticket
from app.workshops.models import Admission, Enrolment, Workshop
from app.workshops.queries.arrivals import ARRIVAL, seats_held
from app.workshops.rules.arrivals import DoorEntry, by_gate
from app.workshops.rules.places import EnrolmentState

# Longer than a request waits between receiving a scan and committing it: ten seconds in line.
OVERLAP_MS = 15_000
# A clock that was set back hides scans for a while: then everything is counted anew.
LASTS_MS = 600_000
MOST_FOLLOWED = 5_000
MOST_BOARDS = 8


class Came(NamedTuple):
    """What a place somebody came with adds to the figures, whichever of its tickets was shown.

    How many came in at each gate, nobody where that was taken back; whether they are `inside`;
    how many more came than have a place: more than is booked now, or with one that was given up.
    """

    gates: Counter[str]
    inside: bool
    beyond: int


class Board:
    """The figures of one event: people expected, inside, and arrived by gate."""

    def __init__(self, event_id: int, key: tuple[object, ...]) -> None:
        self.event_id, self.key = event_id, key
        self.lock = threading.Lock()
        self.inside = 0
        self.arrived: Counter[str] = Counter()
        # Seats of those who have a place, and how many came beside these.
        self._seats = self._beyond = 0
        self._places: dict[int, Came] = {}
        self._seen: set[tuple[str, int]] = set()
        # When the scans seen were received, in order.
        self._received: list[int] = []
        self._looked = self._counted = 0
        # No list has it: the first look counts who is expected.
        self._version = -1

    def look(self, version: int) -> None:
        """Bring the figures to what the rows say now; `version` of the event's list."""
        now = milliseconds(clock.now())
        changed = None
        if self._looked <= now < self._counted + LASTS_MS:
            changed = self._scanned() | self._listed(version)
        if changed is None or len(changed) > MOST_FOLLOWED:
            self._count_anew(now)
        elif changed:
            self._take(_places(self.event_id, changed))
        if version != self._version:
            self._seats = _seats_booked(self.event_id)
        self._looked, self._version = now, version

    @property
    def expected(self) -> int:
        """Everyone who came, and who has a place and has not come."""
        return self._seats + self._beyond

    def _count_anew(self, now: int) -> None:
        self._looked, self._counted = now, now
        self._seen.clear()
        self._received.clear()
        self._scanned()
        self._places.clear()
        self.arrived.clear()
        self.inside = self._beyond = 0
        self._take(_places(self.event_id, None))

    def _scanned(self) -> set[int]:
        """Tickets whose scans came since the last look."""
        since = self._looked - OVERLAP_MS
        connection = db.session.connection()
        # In a rush there are thousands, and mostly none of them is new: two numbers tell that.
        (found,) = _HOW_MANY_LATELY.rows(connection, event_id=self.event_id, since=since)
        held = len(self._received) - bisect_right(self._received, since)
        if found == (held, self._received[-1] if held else None):
            return set()
        rows = _LATELY.rows(connection, event_id=self.event_id, since=since)
        known, self._seen = self._seen, {(row.id, row.received_ms) for row in rows}
        self._received = sorted(row.received_ms for row in rows)
        return {row.ticket_id for row in rows if (row.id, row.received_ms) not in known} - {None}

    def _listed(self, version: int) -> set[int]:
        """Tickets that changed on the list since the last look."""
        if version == self._version:
            return set()
        statement = select(Ticket.id).where(
            Ticket.event_id == self.event_id, Ticket.list_version > self._version
        )
        return set(db.session.scalars(statement))

    def _take(self, places: dict[int, Came]) -> None:
        for enrolment_id, came in places.items():
            before = self._places.get(enrolment_id)
            if before is not None:
                self._add(before, -1)
            self._add(came, 1)
        self._places.update(places)

    def _add(self, place: Came, sign: int) -> None:
        for gate, number in place.gates.items():
            self.arrived[gate] += sign * number
            self.inside += sign * number * place.inside
        self._beyond += sign * place.beyond


_boards: weakref.WeakKeyDictionary[Engine, dict[int, Board]] = weakref.WeakKeyDictionary()
_HEAD = Prepared(
    lambda _dialect: (
        select(
            EventKey.public_key,
            DoorRule.entries,
            DoorRule.reentry,
            func.coalesce(Workshop.list_version, 0).label("version"),
            select(func.count())
            .where(DoubleAdmission.event_id == EventKey.event_id)
            .scalar_subquery()
            .label("conflicts"),
        )
        .outerjoin(Workshop, Workshop.event_id == EventKey.event_id)
        .outerjoin(DoorRule, (DoorRule.event_id == EventKey.event_id) & (DoorRule.gate == ""))
        .where(EventKey.event_id == bindparam("event_id"))
    )
)
_LATE = (Scan.event_id == bindparam("event_id"), Scan.received_ms > bindparam("since"))
_HOW_MANY_LATELY = Prepared(
    lambda _dialect: select(
        func.count().label("many"), func.max(Scan.received_ms).label("last")
    ).where(*_LATE),
    grows=True,
)
_LATELY = Prepared(
    lambda _dialect: select(Scan.id, Scan.received_ms, Scan.ticket_id).where(*_LATE), grows=True
)


def _of_same_holders(dialect: str) -> Select[int, int, int]:
    shown = aliased(Ticket)
    return (
        select(Ticket.id, Ticket.enrolment_id, seats_held(bindparam("event_id")).label("held"))
        .join(shown, shown.enrolment_id == Ticket.enrolment_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .where(among(dialect, shown.id, "ids"))
        .distinct()
    )


_GUESTS = Prepared(_of_same_holders, grows=True)


class Figures(NamedTuple):
    """People expected, arrived by gate, and inside; pairs of scans in conflict."""

    expected: int
    arrived: Counter[str]
    inside: int
    conflicts: int


def board(event_id: int) -> Figures:
    """The figures of an event's door, as the rows say at this moment."""
    (head,) = _HEAD.rows(db.session.connection(), event_id=event_id)
    followed = _followed(event_id, (head.public_key, head.entries, head.reentry))
    with followed.lock:
        followed.look(head.version)
        return Figures(followed.expected, +followed.arrived, followed.inside, int(head.conflicts))


def _followed(event_id: int, key: tuple[object, ...]) -> Board:
    """The board of this event. Another key is another event under the same number; under another
    rule of entry what was followed does not hold."""
    boards = _boards.setdefault(db.engine, {})
    found = boards.get(event_id)
    if found is None or found.key != key:
        if len(boards) >= MOST_BOARDS:
            boards.clear()
        found = boards[event_id] = Board(event_id, key)
    return found


def _places(event_id: int, ids: Collection[int] | None) -> dict[int, Came]:
    """What the places somebody came with, or those of these tickets, add: by enrolment."""
    if ids is not None:
        holders = _holders(event_id, ids)
        ids = {one.id for one in holders}
    came, left = _entries(event_id, ids), _exits(event_id, ids)
    if ids is None:
        holders = _holders(event_id, came.keys() | left.keys())
    tickets: dict[int, list[Any]] = {}
    for row in holders:
        tickets.setdefault(row.enrolment_id, []).append(row)
    return {number: _came(rows, came, left) for number, rows in tickets.items()}


def _seats_booked(event_id: int) -> int:
    """Seats of those who have a place."""
    having = (Enrolment.event_id == event_id, Enrolment.state == EnrolmentState.CONFIRMED)
    return int(db.session.scalar(select(func.sum(Enrolment.seats)).where(*having)) or 0)


def _holders(event_id: int, ids: Collection[int]) -> list[Any]:
    """These tickets, and those of the same enrolments that they replace or were replaced by."""
    connection = db.session.connection()
    if not ids:
        return []
    return _GUESTS.rows(connection, event_id=event_id, ids=keys_of(connection, ids))


def _came(tickets: list[Any], came: dict[int, list[DoorEntry]], left: dict[int, int]) -> Came:
    entries = [entry for one in tickets for entry in came.get(one.id, ())]
    last = max((milliseconds(entry.at) for entry in entries), default=0)
    inside = bool(entries) and last >= max(left.get(one.id, 0) for one in tickets)
    gates = by_gate(entries)
    return Came(gates, inside, max(0, gates.total() - tickets[0].held))


def _entries(event_id: int, ids: Collection[int] | None) -> dict[int, list[DoorEntry]]:
    statement = select(Admission.ticket_id, *ARRIVAL).where(Admission.event_id == event_id)
    if ids is not None:
        statement = statement.where(Admission.ticket_id.in_(ids))
    found: dict[int, list[DoorEntry]] = {}
    for ticket_id, *told in db.session.execute(statement):
        found.setdefault(ticket_id, []).append(DoorEntry(*told))
    return found


def _exits(event_id: int, ids: Collection[int] | None) -> dict[int, int]:
    """When each ticket last left, for those that did and were not taken back."""
    undo = aliased(Scan)
    undone = select(undo.id).where(undo.ticket_id == Scan.ticket_id, undo.annuls == Scan.id)
    statement = select(Scan.ticket_id, func.max(Scan.time_ms)).where(
        # A literal, so that the index of exits alone is found.
        Scan.event_id == event_id,
        Scan.kind == literal_column("'exit'"),
        Scan.ticket_id.is_not(None),
        ~undone.exists(),
    )
    if ids is not None:
        statement = statement.where(Scan.ticket_id.in_(ids))
    rows = db.session.execute(statement.group_by(Scan.ticket_id))
    return {int(ticket or 0): int(time) for ticket, time in rows}
