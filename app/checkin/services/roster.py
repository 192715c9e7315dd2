"""The list for work without network, and what other phones saw: worded as phones take them."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime

from app.checkin.queries import roster as reads
from app.checkin.queries.roster import ListedTicket, ListHead
from app.checkin.rules.entries import boxed, index_of, secrets_of
from app.checkin.rules.roster import (
    HolderWords,
    Roster,
    RosterDoors,
    RosterEntry,
    RosterEvent,
    RosterTerms,
    SeenMove,
    SeenMoves,
)
from app.checkin.rules.verdicts import CodeState
from app.checkin.services.answers import notes_of
from app.core.texts import local
from app.devices.models import DoorRule
from app.devices.rules.doors import EntryRule
from app.devices.rules.encoding import as_text
from app.devices.rules.moments import milliseconds
from app.devices.services.seals import seal_point
from app.tickets.rules.codes import TicketCode, read_code

# A move may be committed a little later than another that came after it.
OVERLAP_MS = 15_000


def roster(event_id: int, since: int | None, now: datetime) -> Roster:
    """The list, or what changed on it after a version; empty once the event is over."""
    head = reads.list_head(event_id)
    known = since if since and since <= head.version else None
    over = now >= head.ends_at
    tickets = [] if over or known == head.version else reads.listed_tickets(event_id, known)
    revoked = [] if over else reads.revoked_tickets(event_id)
    codes = reads.reissued_codes(event_id) if tickets and revoked else {}
    return {
        "version": head.version,
        "since": None if over else known,
        "event": _event(head),
        "public_key": head.public_key.hex(),
        "seal_key": as_text(seal_point(event_id)),
        "doors": _doors(event_id),
        "revoked": [str(ticket_id) for ticket_id in revoked],
        "entries": [
            _entry(event_id, _tellable(ticket), codes.get(ticket.enrolment_id, []))
            for ticket in tickets
        ],
        "unhashed": 0 if over else head.unhashed,
    }


def moves(event_id: int, since: int, now: datetime) -> SeenMoves:
    """What the phones of an event saw after a moment, and from where to go on."""
    later = reads.moves_since(event_id, since)
    until = later.until if later.more else max(since, milliseconds(now) - OVERLAP_MS)
    return {"cursor": until, "more": later.more, "moves": [_move(row) for row in later.rows]}


def entry_key(code: str) -> str:
    """Where the ticket with this code stands in the list."""
    read = _read(code)
    return as_text(index_of(read.signature, read.event_id))


def replaced_keys(event_id: int) -> dict[str, list[str]]:
    """By the newest code of a guest, where the tickets that it replaced stand in the list."""
    return {
        newest: [entry_key(code) for code in before]
        for *before, newest in reads.reissued_codes(event_id).values()
    }


def _entry(event_id: int, ticket: ListedTicket, codes: list[str]) -> RosterEntry:
    secrets = secrets_of(_read(ticket.code).signature, event_id)
    entry: RosterEntry = {
        "key": as_text(secrets.key),
        "state": ticket.state.value,
        "box": as_text(boxed(secrets, _plain(ticket, codes))),
    }
    if ticket.seats > 1:
        entry["kind"], entry["seats"] = "group", ticket.seats
    if ticket.short_hash is not None:
        entry["short"] = as_text(ticket.short_hash)
    return entry


def _tellable(ticket: ListedTicket) -> ListedTicket:
    """Of a replaced ticket nothing is told: what its holder changes is told of the new one."""
    if ticket.state is not CodeState.REVOKED:
        return ticket
    return replace(ticket, seats=1, name="", interpreter="", access="")


def _plain(ticket: ListedTicket, codes: list[str]) -> str:
    """What staff at the door may read, and where the guest's other tickets stand."""
    notes = notes_of(ticket.interpreter, ticket.access)
    holder: HolderWords = {"name": ticket.name, "notes": notes, "seats": ticket.seats}
    if ticket.code in codes:
        _tell_of_others(holder, ticket, codes)
    return json.dumps(holder, ensure_ascii=False, separators=(",", ":"))


def _tell_of_others(holder: HolderWords, ticket: ListedTicket, codes: list[str]) -> None:
    """What was replaced tells of the next one alone, what stands of all before it.

    Neither changes once the ticket stands or is replaced, so a difference never leaves one behind.
    """
    place = codes.index(ticket.code)
    if ticket.state is not CodeState.REVOKED:
        if place:
            holder["was"] = [entry_key(code) for code in codes[:place]]
    elif place + 1 < len(codes):
        holder["next"] = entry_key(codes[place + 1])


def _event(head: ListHead) -> RosterEvent:
    ends = milliseconds(head.ends_at)
    return {
        "id": str(head.event_id),
        "title": local(head.title),
        "starts": milliseconds(head.starts_at),
        "ends": ends,
        "wipe_at": ends,
    }


def _doors(event_id: int) -> RosterDoors:
    rules = reads.door_rules(event_id)
    entry = next((rule for rule in rules if not rule.gate), EntryRule())
    return {
        "entry": {"entries": entry.entries, "reentry": entry.reentry},
        "terms": [_terms(rule) for rule in rules],
        "sessions": [
            {
                "id": str(session.id),
                "starts": milliseconds(session.starts_at),
                "ends": milliseconds(session.ends_at),
                "title": local(session.title),
            }
            for session in reads.sessions(event_id)
        ],
    }


def _terms(rule: DoorRule) -> RosterTerms:
    return {
        "gate": rule.gate,
        "opens": milliseconds(rule.opens_at) if rule.opens_at else None,
        "closes": milliseconds(rule.closes_at) if rule.closes_at else None,
        "kinds": rule.kinds,
        "session": str(rule.session_id) if rule.session_id else None,
    }


def _move(row: reads.AnyRow) -> SeenMove:
    move: SeenMove = {
        "key": entry_key(row.code),
        "id": row.id,
        "device": row.device,
        "gate": row.gate,
        "kind": row.kind,
        "time": row.time_ms,
        "green": row.green,
        "annuls": row.annuls,
        "session": str(row.session_id),
    }
    if row.seats > 1:
        move["seats"] = row.seats
    if row.admits is not None:
        move["admits"] = row.admits
    return move


def _read(code: str) -> TicketCode:
    read = read_code(code)
    if read is None:
        raise ValueError("a ticket without a whole code")
    return read
