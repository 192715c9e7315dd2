"""The log of scans, as recording needs it: the moves of tickets, and scans that came before."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Row,
    Select,
    Text,
    bindparam,
    cast,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import aliased

from app.checkin.models import Scan
from app.checkin.queries.row_sets import among, keys_of
from app.checkin.rules.answers import StoredAnswer
from app.checkin.rules.intake import Circumstances
from app.checkin.rules.lists import Placed
from app.checkin.rules.moves import Move, ScanKind
from app.core.prepared import Asked, Prepared, Rows
from app.tickets.models import Ticket
from app.workshops.models import Enrolment

AnyRow = Row[*tuple[Any, ...]]


class KnownScan(NamedTuple):
    """A stored scan with all that it said and was answered."""

    device: str
    ticket_id: int | None
    identity: tuple[object, ...]
    circumstances: Circumstances
    placed: Placed
    answer: StoredAnswer


class TicketMove(NamedTuple):
    """What the rules ask of a stored scan: a batch meets thousands of these."""

    ticket_id: int
    placed: Placed


_KINDS = {kind.value: kind for kind in ScanKind}
_MOVE = (
    Scan.id,
    Scan.ticket_id,
    Scan.device,
    Scan.gate,
    Scan.kind,
    Scan.time_ms,
    Scan.green,
    Scan.annuls,
    Scan.event_id,
    Scan.session_id,
    Scan.admits,
    Scan.seats,
)
_WHOLE = (
    *_MOVE,
    Scan.code,
    Scan.at_ms,
    Scan.seq,
    Scan.offline,
    Scan.offset_ms,
    Scan.before_ms,
    Scan.after_ms,
    # Read as text: it is needed of those scans alone that come again.
    cast(Scan.answer, Text).label("answer"),
)
_MOVES_OF_EVENT = select(*_MOVE).where(
    Scan.event_id == bindparam("event_id"), Scan.ticket_id.is_not(None)
)
_KNOWN = Prepared(lambda dialect: select(*_WHOLE).where(among(dialect, Scan.id, "ids")), grows=True)


def _seats_now(columns: Sequence[Any], condition: ColumnElement[bool]) -> Select[Any]:
    """For how many these tickets are, as rows without a scan.

    Read behind the lock of the tickets: what the statement that locked them tells of another table
    may be older than who was waited for.
    """
    told = {"ticket_id": Ticket.id, "seats": Enrolment.seats}
    given = [told.get(one.key, cast(null(), one.type)).label(one.key) for one in columns]
    same = Enrolment.id == Ticket.enrolment_id
    return select(*given).select_from(Ticket).join(Enrolment, same).where(condition)


def _of_many(dialect: str) -> CompoundSelect[*tuple[Any, ...]]:
    wanted = or_(among(dialect, Scan.ticket_id, "tickets"), among(dialect, Scan.id, "ids"))
    groups = among(dialect, Ticket.id, "groups")
    return union_all(select(*_MOVE).where(wanted), _seats_now(_MOVE, groups))


_OF_MANY = Prepared(_of_many, grows=True)


def _of_one_holder(_dialect: str) -> CompoundSelect[*tuple[Any, ...]]:
    # Not joined by OR: for that PostgreSQL reads the whole of a small table, and keeps to it.
    own, shown = aliased(Ticket), aliased(Ticket)
    return union_all(
        select(*_WHOLE)
        .join(own, own.id == Scan.ticket_id)
        .join(shown, shown.enrolment_id == own.enrolment_id)
        .where(shown.id == bindparam("ticket")),
        select(*_WHOLE).where(Scan.id == bindparam("id")),
        _seats_now(_WHOLE, Ticket.id == bindparam("ticket")),
    )


_OF_ONE = Prepared(_of_one_holder)


class FoundScans(NamedTuple):
    """The moves of tickets, scans that came before by their ids, and for how many tickets are."""

    moves: list[TicketMove]
    known: dict[str, KnownScan]
    seats: dict[int, int]


def known_scans(connection: Connection, ids: Collection[str]) -> dict[str, KnownScan]:
    """Those of these scans that are stored."""
    rows = _KNOWN.rows(connection, ids=keys_of(connection, ids))
    return {row.id: _known(row) for row in rows}


def scans_of_many(
    connection: Connection,
    tickets: Collection[int],
    groups: Collection[int],
    ids: Collection[str],
) -> FoundScans:
    """The stored moves of these tickets, known_scans of these ids, and the seats of these groups.

    One statement, and one more where some of the scans came before.
    """
    rows = _OF_MANY.rows(
        connection,
        tickets=keys_of(connection, tickets),
        groups=keys_of(connection, groups),
        ids=keys_of(connection, ids),
    )
    again = [row.id for row in rows if row.id in ids]
    known = known_scans(connection, again) if again else {}
    return FoundScans(_moves(rows, tickets), known, _seats(rows))


def scans_to_read(ticket_id: int, scan_id: str) -> Asked:
    """scans_of_many of one guest's tickets and one id, to be asked behind their lock."""
    return _OF_ONE.asked(ticket=ticket_id, id=scan_id)


def found_scans(rows: Rows, tickets: Collection[int], scan_id: str) -> FoundScans:
    """What such rows tell of these tickets, which are the guest's."""
    known = {row.id: _known(row) for row in rows if row.id == scan_id}
    return FoundScans(_moves(rows, tickets), known, _seats(rows))


def _moves(rows: Rows, tickets: Collection[int]) -> list[TicketMove]:
    return [_moved(row) for row in rows if row.id is not None and row.ticket_id in tickets]


def _seats(rows: Rows) -> dict[int, int]:
    return {row.ticket_id: row.seats for row in rows if row.id is None}


def moves_of_event(connection: Connection, event_id: int) -> Iterator[TicketMove]:
    """All scans of tickets that were made at an event's doors."""
    rows: Iterable[AnyRow] = connection.execute(_MOVES_OF_EVENT, {"event_id": event_id})
    return (_moved(row) for row in rows)


def _moved(row: AnyRow) -> TicketMove:
    return TicketMove(row.ticket_id, _placed(row))


def _placed(row: AnyRow) -> Placed:
    kind = _KINDS[row.kind]
    told = (row.time_ms, row.green, row.annuls, row.admits, row.seats)
    move = Move(row.id, row.device, row.gate, kind, *told)
    return Placed(move, (row.event_id or 0, row.session_id))


def _known(row: AnyRow) -> KnownScan:
    placed = _placed(row)
    circumstances = Circumstances(
        row.offline,
        row.green if row.offline else None,
        row.admits,
        row.offset_ms,
        row.before_ms,
        row.after_ms,
    )
    kind = placed.move.kind
    return KnownScan(
        device=row.device,
        ticket_id=row.ticket_id,
        identity=(row.id, row.code, kind, row.gate, row.at_ms, row.seq, row.annuls),
        circumstances=circumstances,
        placed=placed,
        answer=json.loads(row.answer),
    )
