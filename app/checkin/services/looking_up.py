"""Recording, second step: the tickets, locked, with their scans and doors, before any decision."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from app.checkin.queries.scans import (
    FoundScans,
    KnownScan,
    TicketMove,
    found_scans,
    scans_of_many,
    scans_to_read,
)
from app.checkin.queries.tickets import (
    FoundTicket,
    found_tickets,
    locked_tickets,
    public_keys,
    ticket_to_lock,
)
from app.checkin.rules.lists import Placed
from app.checkin.services.reading import ReadScan
from app.checkin.services.scanners import Scanner
from app.core.prepared import together
from app.devices.queries.devices import doors as doors_of
from app.devices.rules.doors import Doors, EntryRule
from app.tickets.rules.codes import TicketCode, other_readings, read_code, read_short

# The moves of each ticket, by the id of their scan.
MovesByTicket = dict[int, dict[str, Placed]]


class CodesRead(NamedTuple):
    """The codes of a batch: those signed, and those short, which count at the own event alone."""

    signed: dict[str, TicketCode]
    short: dict[str, str]


class TicketsFound(NamedTuple):
    """The tickets in the database and their scans; `known`: scans that came before, by id."""

    tickets: list[FoundTicket]
    moves: list[TicketMove]
    known: dict[str, KnownScan]


class LookedUp(NamedTuple):
    """All that the decisions of a batch rest on."""

    codes: dict[str, TicketCode]
    # By the code as it came.
    tickets: dict[str, FoundTicket]
    # The tickets of each enrolment: the one that holds, and those it replaced.
    of_enrolment: dict[int, list[int]]
    # Of the events whose codes name no ticket.
    public_keys: dict[int, bytes]
    doors: dict[int, Doors]
    known: dict[str, KnownScan]
    moves: MovesByTicket


def look_up(connection: Connection, scanner: Scanner, scans: Sequence[ReadScan]) -> LookedUp:
    """Lock the tickets of these scans, and read their scans and the doors."""
    codes, found = _read_and_found(connection, scanner, scans)
    tickets = _by_code(scanner.event_id, codes, found.tickets)
    of_enrolment: dict[int, list[int]] = {}
    for ticket in found.tickets:
        of_enrolment.setdefault(ticket.enrolment_id, []).append(ticket.id)
    return LookedUp(
        codes.signed,
        tickets,
        of_enrolment,
        _keys_of_strangers(codes, {ticket.id for ticket in found.tickets}),
        _doors(scanner, tickets.values()),
        found.known,
        by_ticket(found.moves),
    )


def by_ticket(moves: Sequence[TicketMove]) -> MovesByTicket:
    """These moves, by their tickets."""
    sorted_out: MovesByTicket = {}
    for ticket_id, placed in moves:
        sorted_out.setdefault(ticket_id, {})[placed.move.id] = placed
    return sorted_out


def entry_rules(known: Mapping[int, Doors], event_ids: Collection[int]) -> dict[int, EntryRule]:
    """How these events take entries; what is not known of them is read now."""
    missing = event_ids - known.keys()
    doors = {**doors_of(missing), **known} if missing else known
    return {event_id: of_event.entry for event_id, of_event in doors.items()}


def _read_codes(scanner: Scanner, texts: Collection[str]) -> CodesRead:
    codes = CodesRead({}, {})
    for text in texts:
        signed = read_code(text)
        short = None if signed else read_short(text)
        if signed:
            codes.signed[text] = signed
        elif short and scanner.event_id is not None:
            codes.short[text] = short
    return codes


def _read_and_found(
    connection: Connection, scanner: Scanner, scans: Sequence[ReadScan]
) -> tuple[CodesRead, TicketsFound]:
    """The codes of a batch and their tickets."""
    texts = {scan.item.code for scan in scans}
    codes, scan_ids = _read_codes(scanner, texts), {scan.item.id for scan in scans}
    if len(scans) == len(codes.signed) == 1:
        found = _find_one(connection, scans[0].item.id, *codes.signed.values())
    else:
        found = _find_many(connection, scanner.event_id, codes, scan_ids)
    known = _by_code(scanner.event_id, codes, found.tickets)
    misread = _misread(connection, texts - known.keys() - codes.short.keys())
    if not misread:
        return codes, found
    codes.signed.update(misread)
    return codes, _find_many(connection, scanner.event_id, codes, scan_ids)


def _misread(connection: Connection, strangers: Collection[str]) -> dict[str, TicketCode]:
    """Before they are called forged: codes that a hand scanner typed under another layout.

    Their tickets are locked behind the others. That leaves the order of numbers: should two
    deliveries stand in each other's way, the database lets the later one begin anew.
    """
    others = [(text, code) for text in strangers for code in other_readings(text)]
    found = locked_tickets(connection, {code.ticket_id for _, code in others}, (), None)
    genuine = {ticket.code for ticket in found}
    return {text: code for text, code in others if code.text in genuine}


def _find_one(connection: Connection, scan_id: str, code: TicketCode) -> TicketsFound:
    # In one journey: the second is answered behind the lock that the first waits for.
    asked = ticket_to_lock(code.ticket_id), scans_to_read(code.ticket_id, scan_id)
    ticket_rows, scan_rows = together(connection, *asked)
    tickets = found_tickets(ticket_rows)
    scans = found_scans(scan_rows, [ticket.id for ticket in tickets], scan_id)
    return _with_seats(tickets, scans)


def _find_many(
    connection: Connection, event_id: int | None, codes: CodesRead, scan_ids: Collection[str]
) -> TicketsFound:
    ids = {code.ticket_id for code in codes.signed.values()}
    tickets = locked_tickets(connection, ids, set(codes.short.values()), event_id)
    groups = {ticket.id for ticket in tickets if ticket.seats > 1}
    scans = scans_of_many(connection, {ticket.id for ticket in tickets}, groups, scan_ids)
    return _with_seats(tickets, scans)


def _with_seats(tickets: list[FoundTicket], scans: FoundScans) -> TicketsFound:
    """The tickets for as many as they are now."""
    now = [ticket.of_seats(scans.seats.get(ticket.id, ticket.seats)) for ticket in tickets]
    return TicketsFound(now, scans.moves, scans.known)


def _by_code(
    event_id: int | None, codes: CodesRead, tickets: Sequence[FoundTicket]
) -> dict[str, FoundTicket]:
    by_id = {ticket.id: ticket for ticket in tickets}
    by_short = {ticket.short: ticket for ticket in tickets if ticket.event_id == event_id}
    by_code = {}
    for text, code in codes.signed.items():
        ticket = by_id.get(code.ticket_id)
        if ticket is not None and ticket.code == code.text:
            by_code[text] = ticket
    for text, short in codes.short.items():
        if short in by_short:
            by_code[text] = by_short[short]
    return by_code


def _keys_of_strangers(codes: CodesRead, ticket_ids: Collection[int]) -> dict[int, bytes]:
    events = {code.event_id for code in codes.signed.values() if code.ticket_id not in ticket_ids}
    return public_keys(events) if events else {}


def _doors(scanner: Scanner, tickets: Collection[FoundTicket]) -> dict[int, Doors]:
    if scanner.doors is not None:
        return {scanner.doors.event: scanner.doors}
    return doors_of({ticket.event_id for ticket in tickets}) if tickets else {}
