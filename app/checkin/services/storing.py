"""Writing what a batch of scans changes: the log, and the rows worked out from it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, cast

from sqlalchemy import Connection, Table, bindparam, delete, update

from app.checkin.models import DoubleAdmission, Scan
from app.checkin.queries.row_sets import RowSets
from app.checkin.queries.scans import KnownScan, known_scans
from app.checkin.rules.folding import NOTHING, FoldedScans, folded
from app.checkin.rules.intake import Item
from app.checkin.rules.lists import Placed, on_list
from app.checkin.rules.moves import ScanKind
from app.checkin.services.deciding import DecidedBatch, ScanOutcome
from app.checkin.services.looking_up import MovesByTicket
from app.core.refusals import Unavailable
from app.devices.rules.doors import EntryRule, ListKey
from app.devices.rules.moments import moment_at
from app.workshops.models import Admission

_LATER_WORD = (
    *("offline", "green", "admits", "offset_ms", "before_ms", "after_ms"),
    *("time_ms", "session_id"),
)
# Received anew, for other phones must hear the later word.
_RENEWED = (*_LATER_WORD, "received_ms", "skewed", "answer", "override")

ListOfTicket = tuple[int, ListKey]
Row = dict[str, Any]
Rows = list[Row]


class Changes(NamedTuple):
    """What a batch adds to the log, by scan; and the lists of tickets that are worked out from it.

    `before` and `after` are the moves of the tickets without and with the batch.
    """

    rows: dict[str, Row]
    later_words: Rows
    before: MovesByTicket
    after: MovesByTicket
    touched: set[ListOfTicket]

    @property
    def event_ids(self) -> set[int]:
        """The events whose lists are touched."""
        return {event_id for _, (event_id, _) in self.touched}


def changes_of(decided: DecidedBatch, before: MovesByTicket, now: int) -> Changes:
    """What follows from these decisions, where `before` are the tickets' moves in the log."""
    changes = Changes({}, [], before, decided.moves, set())
    for decision in decided.decisions:
        if decision.judged is None:
            continue
        scan, item = decision.scan, decision.read.item
        row = _row(scan, item, decision.judged.skewed, now)
        if decision.outcome is ScanOutcome.LATER_WORD and item.id not in changes.rows:
            changes.later_words.append(row)
        else:
            changes.rows[item.id] = row
        if scan.ticket_id is not None:
            for key in _reached(changes, scan.ticket_id, scan.placed):
                changes.touched.add((scan.ticket_id, key))
    return changes


def _reached(changes: Changes, ticket_id: int, placed: Placed) -> set[ListKey]:
    """The lists that a move changes: its own, now and before, and those where it undoes."""
    stood = changes.before.get(ticket_id, {}).get(placed.move.id)
    keys = {placed.key} if stood is None else {placed.key, stood.key}
    if placed.move.kind is ScanKind.ANNUL:
        keys.update(other.key for other in changes.after[ticket_id].values())
    return keys


def write(
    connection: Connection, changes: Changes, rules: Mapping[int, EntryRule]
) -> dict[str, KnownScan]:
    """Add the new scans to the log, and bring admissions and conflicts to what all say now.

    Returns those scans that another request was quicker with.
    """
    admissions, doubles = _work_out(connection, changes, rules)
    rows = list(changes.rows.values())
    lost = changes.rows.keys() - _ROWS.insert(connection, rows, admissions, doubles)
    if any(changes.rows[scan_id]["ticket_id"] is not None for scan_id in lost):
        # The same id for another ticket in the same moment: the whole batch comes again.
        raise Unavailable
    return known_scans(connection, lost) if lost else {}


def renew(connection: Connection, later_words: Rows) -> None:
    """Write the later words of scans that stand."""
    if later_words:
        connection.execute(_RENEWAL, [_renewal(row) for row in later_words])


def _work_out(
    connection: Connection, changes: Changes, rules: Mapping[int, EntryRule]
) -> tuple[Rows, Rows]:
    """The admissions and the conflicts that come in addition; what fell away is removed."""
    admissions: Rows = []
    doubles: Rows = []
    anew: list[ListOfTicket] = []
    for ticket_list in sorted(changes.touched):
        ticket_id, key = ticket_list
        rule = rules.get(key[0], EntryRule())
        stood = changes.before.get(ticket_id)
        before = folded(on_list(stood.values(), key), rule) if stood else NOTHING
        after = folded(on_list(changes.after.get(ticket_id, {}).values(), key), rule)
        if not _extends(before, after):
            anew.append(ticket_list)
            before = NOTHING
        admissions += _admission_rows(ticket_list, before, after)
        doubles += _double_rows(ticket_list, before, after)
    _clear(connection, anew)
    return admissions, doubles


def _clear(connection: Connection, lists: list[ListOfTicket]) -> None:
    """Remove what was worked out for these lists; it is worked out anew."""
    places = [
        {"the_ticket": ticket_id, "the_event": event_id, "the_session": session_id}
        for ticket_id, (event_id, session_id) in lists
    ]
    if places:
        for statement in _CLEARINGS:
            connection.execute(statement, places)


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
        "offline": item.circumstances.offline,
        "green": move.green,
        "offset_ms": item.circumstances.offset,
        "before_ms": item.circumstances.before,
        "after_ms": item.circumstances.after,
        "time_ms": move.time,
        "received_ms": now,
        "admits": move.admits,
        "seats": move.seats,
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


def _extends(before: FoldedScans, after: FoldedScans) -> bool:
    """Whether what stood still stands, so that rows need only be added."""
    if before is NOTHING:
        return True
    return set(before.admissions) <= set(after.admissions) and set(before.conflicts) <= set(
        after.conflicts
    )


def _admission_rows(
    ticket_list: ListOfTicket, before: FoldedScans, after: FoldedScans
) -> list[dict[str, Any]]:
    ticket_id, (event_id, session_id) = ticket_list
    return [
        {
            "ticket_id": ticket_id,
            "event_id": event_id,
            "session_id": session_id,
            "epoch": new.epoch,
            "number": new.number,
            "scan_id": new.winner.id,
            "at": moment_at(new.winner.time),
            "gate": new.winner.gate,
            "device": new.winner.device,
            "admits": new.admits,
            "seats": new.winner.seats,
        }
        for new in after.admissions
        if new not in before.admissions
    ]


def _double_rows(
    ticket_list: ListOfTicket, before: FoldedScans, after: FoldedScans
) -> list[dict[str, Any]]:
    ticket_id, (event_id, session_id) = ticket_list
    return [
        {
            "scan_id": new.other.id,
            "first_id": new.first.id,
            "ticket_id": ticket_id,
            "event_id": event_id,
            "session_id": session_id,
            "excess": new.excess,
        }
        for new in after.conflicts
        if new not in before.conflicts
    ]


# A conflict points to its scans, so it comes after them.
_ROWS = RowSets("id", Scan, Admission, DoubleAdmission)
