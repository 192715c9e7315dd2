"""Recording scans: each is kept once, answered by itself, and none stops the batch."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from app.checkin.queries.scans import KnownScan, found_scans, scans_of_many, scans_to_read
from app.checkin.queries.tickets import (
    FoundTicket,
    found_tickets,
    locked_tickets,
    public_keys,
    ticket_to_lock,
)
from app.checkin.rules.intake import Item, id_to_answer, read_item
from app.checkin.rules.judging import judge
from app.checkin.rules.lists import Placed
from app.checkin.rules.moves import ScanKind
from app.checkin.rules.verdicts import CodeState, DoorAnswer, RuledTicket
from app.checkin.services import answers, storing
from app.core.prepared import together
from app.core.signing import is_signed
from app.devices.queries.devices import PairedDevice
from app.devices.queries.devices import doors as doors_of
from app.devices.rules.doors import Doors, EntryRule
from app.devices.rules.moments import NoScan, milliseconds
from app.devices.services.seals import unsealed_all
from app.devices.services.stamps import stamped
from app.workshops.rules.codes import TicketCode, read_code, read_short

NEEDED = {ScanKind.ENTRY: "scan", ScanKind.EXIT: "scan", ScanKind.ANNUL: "undo"}


@dataclass(frozen=True, slots=True)
class Scanner:
    """Who delivers scans: a device with its event and rights, or a machine that serves all."""

    name: str
    event_id: int | None = None
    rights: frozenset[str] = frozenset(NEEDED.values())
    revoked: bool = False
    doors: Doors | None = None
    # By these is judged what happened without network; by `doors` where there are no others.
    all_doors: Doors | None = None
    # Whether it hears whose ticket it is.
    hears_names: bool = True

    @classmethod
    def of_device(cls, device: PairedDevice) -> Scanner:
        return cls(
            str(device.id),
            device.event_id,
            device.rights,
            device.revoked,
            device.doors,
            device.all_doors,
            not device.only_delivers,
        )


Result = answers.Result


def record(
    scanner: Scanner,
    raws: Sequence[object],
    now: datetime,
    *,
    beyond: Collection[int] = (),
    nothing_follows: bool = False,
) -> list[Result]:
    """Keep every item and answer each in its place; those at `beyond` are only quarantined.

    At most four statements for one scan: the ticket, its scans, the new scan and the admission.
    With `nothing_follows` in the request's transaction PostgreSQL takes the last two with its
    COMMIT.
    """
    raws = unsealed_all(scanner.event_id, raws)
    # A clash at the COMMIT has everything done again, which a batch is too long for.
    at_commit = nothing_follows and len(raws) == 1
    batch = _Batch(scanner, milliseconds(now), storing.Changes(at_commit))
    for place, raw in enumerate(raws):
        if place in beyond:
            batch.set_aside(place, raw, "tries")
        else:
            batch.take(place, raw)
    batch.look_up()
    for place, item in batch.items:
        batch.decide(place, item)
    batch.answer_lost(batch.changes.write(batch.entry_rules()))
    batch.changes.renew()
    batch.changes.write_quarantine(scanner.name, scanner.event_id, now)
    return [batch.results[place] for place in range(len(raws))]


@dataclass(slots=True)
class _Batch:
    scanner: Scanner
    now: int
    changes: storing.Changes
    items: list[tuple[int, Item]] = field(default_factory=list)
    raws: dict[int, object] = field(default_factory=dict)
    results: dict[int, Result] = field(default_factory=dict)
    codes: dict[str, TicketCode] = field(default_factory=dict)
    tickets: dict[str, FoundTicket] = field(default_factory=dict)
    # The tickets of each enrolment: the one that holds, and those it replaced.
    holders: dict[int, list[int]] = field(default_factory=dict)
    doors: dict[int, Doors] = field(default_factory=dict)
    keys: dict[int, bytes] = field(default_factory=dict)
    known: dict[str, KnownScan] = field(default_factory=dict)

    def take(self, place: int, raw: object) -> None:
        """Read an item, or set it aside as it came."""
        try:
            item = read_item(raw, stamped)
        except NoScan as wrong:
            self.set_aside(place, raw, str(wrong))
            return
        if self.scanner.revoked:
            self.set_aside(place, raw, "revoked")
        elif NEEDED[item.kind] not in self.scanner.rights:
            self.set_aside(place, raw, "right")
        else:
            self.raws[place] = raw
            self.items.append((place, item))

    def set_aside(self, place: int, raw: object, reason: str) -> None:
        """Keep in quarantine what cannot be taken as a scan."""
        self.changes.quarantine(raw, reason)
        answer = {"verdict": DoorAnswer.QUARANTINED}
        self.results[place] = Result(id_to_answer(raw, place), answer, place=place)

    def look_up(self) -> None:
        """Lock the tickets, and read their scans and the doors: before any decision."""
        shorts: dict[str, str] = {}
        for code in {item.code for _, item in self.items}:
            parsed = read_code(code)
            short = None if parsed else read_short(code)
            if parsed:
                self.codes[code] = parsed
            elif short and self.scanner.event_id is not None:
                shorts[code] = short
        if len(self.items) == len(self.codes) == 1:
            self._find_one()
        else:
            self._find_many(shorts)
        self._find_doors()

    def _find_one(self) -> None:
        (_, item), (parsed,) = self.items[0], self.codes.values()
        # In one journey: the second is answered behind the lock that the first waits for.
        asked = ticket_to_lock(parsed.ticket_id), scans_to_read(parsed.ticket_id, item.id)
        tickets, scans = together(self.changes.connection, *asked)
        found = found_tickets(tickets)
        self._match(found, {})
        moves, self.known = found_scans(scans, [one.id for one in found], item.id)
        self.changes.remember(moves)

    def _find_many(self, shorts: dict[str, str]) -> None:
        connection = self.changes.connection
        ids = {parsed.ticket_id for parsed in self.codes.values()}
        found = locked_tickets(connection, ids, set(shorts.values()), self.scanner.event_id)
        self._match(found, shorts)
        tickets = {ticket.id for ticket in found}
        moves, self.known = scans_of_many(connection, tickets, {item.id for _, item in self.items})
        self.changes.remember(moves)

    def _match(self, found: list[FoundTicket], shorts: dict[str, str]) -> None:
        for one in found:
            self.holders.setdefault(one.enrolment_id, []).append(one.id)
        by_id = {ticket.id: ticket for ticket in found}
        by_short = {
            ticket.short: ticket for ticket in found if ticket.event_id == self.scanner.event_id
        }
        for code, parsed in self.codes.items():
            ticket = by_id.get(parsed.ticket_id)
            if ticket is not None and ticket.code == parsed.text:
                self.tickets[code] = ticket
        self.tickets.update(
            {code: by_short[short] for code, short in shorts.items() if short in by_short}
        )
        strangers = [code for code in self.codes.values() if code.ticket_id not in by_id]
        if strangers:
            self.keys = public_keys({code.event_id for code in strangers})

    def _find_doors(self) -> None:
        if self.scanner.doors is not None:
            self.doors[self.scanner.doors.event] = self.scanner.doors
        elif self.tickets:
            self.doors = doors_of({ticket.event_id for ticket in self.tickets.values()})

    def decide(self, place: int, item: Item) -> None:
        """Answer a scan as before if it is known, else by the rules."""
        before = self.known.get(item.id)
        ticket = self.tickets.get(item.code)
        if before is not None and not self._same(before, item):
            self.set_aside(place, self.raws[place], "other content")
        elif before is not None and before.told.rank >= item.told.rank:
            self.results[place] = Result(item.id, before.answer, self._tellable(ticket))
        else:
            self._judge(place, item, ticket, renewed=before is not None)

    def _same(self, before: KnownScan, item: Item) -> bool:
        return before.device == self.scanner.name and before.identity == item.identity

    def _judge(self, place: int, item: Item, ticket: FoundTicket | None, *, renewed: bool) -> None:
        event_id = self.scanner.event_id or (ticket.event_id if ticket else None)
        judged = judge(
            item,
            self.scanner.name,
            ticket.ruled if ticket else RuledTicket("", self._codeless(item.code)),
            self._doors_for(item, event_id),
            self._past(ticket) if ticket else (),
            self.now,
        )
        answer = answers.stored(judged)
        ticket_id = ticket.id if ticket else None
        self.known[item.id] = KnownScan(
            self.scanner.name, ticket_id, item.identity, item.told, judged.placed, answer
        )
        self.changes.add(self.known[item.id], item, judged.skewed, self.now, renewed=renewed)
        told = self._tellable(ticket)
        self.results[place] = Result(item.id, answer, told, typed=self._typed(item))

    def _doors_for(self, item: Item, event_id: int | None) -> Doors | None:
        """A phone may have stood at another gate when it scanned; nothing of that is a choice."""
        if item.told.offline and self.scanner.all_doors is not None:
            return self.scanner.all_doors
        return self.doors.get(event_id) if event_id is not None else None

    def _past(self, ticket: FoundTicket) -> list[Placed]:
        """The moves of the guest, with this ticket or with another that it replaced."""
        return [
            move
            for number in self.holders.get(ticket.enrolment_id, ())
            for move in self.changes.moves(number)
        ]

    def _tellable(self, ticket: FoundTicket | None) -> FoundTicket | None:
        """The ticket if its holder's name is for this door: not of another event, not replaced."""
        if ticket is None or not self.scanner.hears_names:
            return None
        here = self.scanner.event_id in (None, ticket.event_id)
        return ticket if here and ticket.ruled.state is not CodeState.REVOKED else None

    def _typed(self, item: Item) -> bool:
        return item.told.offline and item.code not in self.codes

    def _codeless(self, code: str) -> CodeState:
        """A code without a ticket: unknown if it is none of ours or signed by us, else forged."""
        parsed = self.codes.get(code)
        if parsed is None:
            return CodeState.UNKNOWN
        key = self.keys.get(parsed.event_id)
        genuine = key is not None and is_signed(key, parsed.signature, parsed.payload)
        return CodeState.UNKNOWN if genuine else CodeState.FORGED

    def entry_rules(self) -> dict[int, EntryRule]:
        """How the touched lists take entries; those of other events are read now."""
        events = {key[0] for _, key in self.changes.touched}
        missing = events - self.doors.keys()
        if missing:
            self.doors = {**doors_of(missing), **self.doors}
        return {event_id: found.entry for event_id, found in self.doors.items()}

    def answer_lost(self, lost: dict[str, KnownScan]) -> None:
        """Answer anew where another request stored the same id in the same moment."""
        if lost:
            self.known.update(lost)
            for place, item in self.items:
                if item.id in lost:
                    self.decide(place, item)
