"""Writing what a batch of scans changes: the log, and the rows worked out from it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, cast

from sqlalchemy import Connection, Table, bindparam, delete, update

from app.checkin.models import Admission, DoubleAdmission, QuarantinedScan, Scan
from app.checkin.queries.scans import KnownScan, TicketMove, known_scans
from app.checkin.rules.folding import NOTHING, FoldedScans, folded
from app.checkin.rules.intake import Item, canonical
from app.checkin.rules.lists import Placed, on_list
from app.checkin.rules.moves import ScanKind
from app.core.database import db, insert_many_once
from app.core.refusals import Unavailable
from app.core.row_sets import RowSets
from app.devices.rules.doors import EntryRule, ListKey
from app.devices.rules.moments import moment_at
from app.workshops.rules.codes import read_code

# No scan is half as long, in characters.
LONGEST_QUARANTINED = 10_000
_LATER_WORD = ("offline", "green", "offset_ms", "before_ms", "after_ms", "time_ms", "session_id")
# Received anew, for other phones must hear the later word.
_RENEWED = (*_LATER_WORD, "received_ms", "skewed", "answer", "override")

ListOfTicket = tuple[int, ListKey]
Rows = list[dict[str, Any]]


@dataclass(slots=True)
class Changes:
    """What one batch adds. The rows of a ticket are worked out from all its scans."""

    # Whether the new rows may go with the transaction's COMMIT.
    at_commit: bool = False
    _connection: Connection | None = None
    stored: dict[int, dict[str, Placed]] = field(default_factory=dict)
    current: dict[int, dict[str, Placed]] = field(default_factory=dict)
    rows: dict[str, dict[str, Any]] = field(default_factory=dict)
    renewals: list[dict[str, Any]] = field(default_factory=list)
    touched: set[ListOfTicket] = field(default_factory=set)
    aside: list[tuple[object, str]] = field(default_factory=list)

    @property
    def connection(self) -> Connection:
        """The transaction of this request, begun when it is first needed: after all reading."""
        if self._connection is None:
            self._connection = db.session.connection()
        return self._connection

    def remember(self, moves: Iterable[TicketMove]) -> None:
        """The scans that stand already."""
        for ticket_id, placed in moves:
            self.stored.setdefault(ticket_id, {})[placed.move.id] = placed
            self.current.setdefault(ticket_id, {})[placed.move.id] = placed

    def moves(self, ticket_id: int) -> Iterable[Placed]:
        """A ticket's moves, those of this batch included."""
        return self.current.get(ticket_id, {}).values()

    def add(self, scan: KnownScan, item: Item, skewed: bool, now: int, *, renewed: bool) -> None:
        """A new scan, or a later word of one that stands."""
        row = _row(scan, item, skewed, now)
        if renewed and item.id not in self.rows:
            self.renewals.append(row)
        else:
            self.rows[item.id] = row
        if scan.ticket_id is not None:
            moves = self.current.setdefault(scan.ticket_id, {})
            self._touch(scan.ticket_id, moves.get(item.id))
            moves[item.id] = scan.placed
            self._touch(scan.ticket_id, scan.placed)

    def _touch(self, ticket_id: int, placed: Placed | None) -> None:
        if placed is None:
            return
        keys = {placed.key}
        if placed.move.kind is ScanKind.ANNUL:
            keys |= {one.key for one in self.moves(ticket_id)}
        self.touched |= {(ticket_id, key) for key in keys}

    def quarantine(self, raw: object, reason: str) -> None:
        """Keep what came as it came."""
        self.aside.append((raw, reason))

    def write(self, rules: dict[int, EntryRule]) -> dict[str, KnownScan]:
        """Add the new scans to the log, and bring admissions and conflicts to what all say now.

        Returns those scans that another request was quicker with. Those that go with the
        COMMIT are not told: such a request comes again.
        """
        admissions, doubles = self._work_out(rules)
        rows = list(self.rows.values())
        if self.at_commit and not (self.renewals or self.aside):
            _ROWS.insert_at_commit(self.connection, rows, admissions, doubles)
            return {}
        lost = self.rows.keys() - _ROWS.insert(self.connection, rows, admissions, doubles)
        if any(self.rows[scan_id]["ticket_id"] is not None for scan_id in lost):
            # The same id for another ticket in the same moment: the whole batch comes again.
            raise Unavailable
        for scan_id in lost:
            del self.rows[scan_id]
        return known_scans(self.connection, lost) if lost else {}

    def renew(self) -> None:
        """Write the later words of scans that stand."""
        if self.renewals:
            self.connection.execute(_RENEWAL, [_renewal(row) for row in self.renewals])

    def _work_out(self, rules: dict[int, EntryRule]) -> tuple[Rows, Rows]:
        """The admissions and the conflicts that come in addition; what fell away is removed."""
        admissions: Rows = []
        doubles: Rows = []
        anew: list[ListOfTicket] = []
        for one in sorted(self.touched):
            rule = rules.get(one[1][0], EntryRule())
            stood = self.stored.get(one[0])
            before = folded(on_list(stood.values(), one[1]), rule) if stood else NOTHING
            after = folded(on_list(self.moves(one[0]), one[1]), rule)
            if not _extends(before, after):
                anew.append(one)
                before = NOTHING
            admissions += _admission_rows(one, before, after)
            doubles += _double_rows(one, before, after)
        self._clear(anew)
        return admissions, doubles

    def write_quarantine(self, device: str, event_id: int | None, now: datetime) -> None:
        """Keep each thing once, whoever sends it again; of what is far larger its beginning."""
        rows = {}
        for raw, reason in self.aside:
            content = canonical(raw)
            kept_reason = reason if len(content) <= LONGEST_QUARANTINED else "large"
            digest = hashlib.sha256(f"{device}|{content}".encode()).digest()
            rows[digest] = {
                "digest": digest,
                "device": device,
                "event_id": event_id or _event_of_code(raw),
                "reason": kept_reason,
                "content": content[:LONGEST_QUARANTINED],
                "received_at": now,
            }
        insert_many_once(QuarantinedScan, list(rows.values()))

    def _clear(self, lists: list[ListOfTicket]) -> None:
        """Remove what was worked out for these lists; it is worked out anew."""
        wanted = [
            {"the_ticket": ticket_id, "the_event": event_id, "the_session": session_id}
            for ticket_id, (event_id, session_id) in lists
        ]
        if wanted:
            for statement in _CLEARINGS:
                self.connection.execute(statement, wanted)


def _row(scan: KnownScan, item: Item, skewed: bool, now: int) -> dict[str, Any]:
    move, (event_id, session_id) = scan.placed.move, scan.placed.key
    return {
        "id": item.id,
        "device": scan.device,
        "event_id": event_id or None,
        "session_id": session_id,
        "ticket_id": scan.ticket_id,
        "code": item.code,
        "kind": item.kind.value,
        "gate": item.gate,
        "at_ms": item.at,
        "seq": item.seq,
        "annuls": item.annuls,
        "offline": item.told.offline,
        "green": move.green,
        "offset_ms": item.told.offset,
        "before_ms": item.told.before,
        "after_ms": item.told.after,
        "time_ms": move.time,
        "received_ms": now,
        "skewed": skewed,
        "answer": scan.answer,
        "override": scan.answer.get("override"),
    }


_RENEWAL = (
    update(Scan.__table__)  # type: ignore[arg-type]
    .where(Scan.id == bindparam("scan_id"))
    .values(
        {name: bindparam(f"new_{name}") for name in _RENEWED},
    )
)


_CLEARINGS = tuple(
    delete(table).where(
        table.c.ticket_id == bindparam("the_ticket"),
        table.c.event_id == bindparam("the_event"),
        table.c.session_id == bindparam("the_session"),
    )
    for table in cast(tuple[Table, ...], (Admission.__table__, DoubleAdmission.__table__))
)


def _renewal(row: dict[str, Any]) -> dict[str, Any]:
    new = {f"new_{name}": row[name] for name in _RENEWED}
    return {"scan_id": row["id"], **new}


def _event_of_code(raw: object) -> int | None:
    """The event that an item's code speaks of: whose lead should see what a machine sent."""
    code = raw.get("code") if isinstance(raw, dict) else None
    parsed = read_code(code) if isinstance(code, str) else None
    return parsed.event_id if parsed else None


def _extends(before: FoldedScans, after: FoldedScans) -> bool:
    """Whether what stood still stands, so that rows need only be added."""
    if before is NOTHING:
        return True
    return set(before.admissions) <= set(after.admissions) and set(before.conflicts) <= set(
        after.conflicts
    )


def _admission_rows(
    one: ListOfTicket, before: FoldedScans, after: FoldedScans
) -> list[dict[str, Any]]:
    ticket_id, (event_id, session_id) = one
    return [
        {
            "ticket_id": ticket_id,
            "event_id": event_id,
            "session_id": session_id,
            "epoch": new.epoch,
            "scan_id": new.winner.id,
            "at": moment_at(new.winner.time),
            "gate": new.winner.gate,
            "device": new.winner.device,
        }
        for new in after.admissions
        if new not in before.admissions
    ]


def _double_rows(
    one: ListOfTicket, before: FoldedScans, after: FoldedScans
) -> list[dict[str, Any]]:
    ticket_id, (event_id, session_id) = one
    return [
        {
            "scan_id": new.other.id,
            "first_id": new.first.id,
            "ticket_id": ticket_id,
            "event_id": event_id,
            "session_id": session_id,
        }
        for new in after.conflicts
        if new not in before.conflicts
    ]


# A conflict points to its scans, so it comes after them.
_ROWS = RowSets("id", Scan, Admission, DoubleAdmission)
