"""Letting in somebody without a ticket: enrolled, given a ticket and admitted in one go."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import cast

from app.checkin.models import QuarantinedScan, WalkInEntry
from app.checkin.queries.walk_ins import quarantine_reason, recorded_walk_in
from app.checkin.refusals import AnotherScan, DoorSaysNo
from app.checkin.rules.answers import StoredAnswer, WalkInWords
from app.checkin.rules.intake import canonical
from app.checkin.rules.reasons import QuarantineReason
from app.checkin.rules.verdicts import DoorAnswer
from app.checkin.rules.walk_ins import (
    NoPerson,
    WalkInPerson,
    read_typed,
    read_walk_in_person,
    typed,
)
from app.checkin.services.recording import record
from app.checkin.services.scanners import Scanner
from app.checkin.services.tries import count_revoked
from app.checkin.services.undoing import Undone, take_back
from app.checkin.services.walk_in_quarantine import (
    digest_of,
    drop_who,
    id_of,
    quarantine_walk_in,
    walk_in_person_of,
)
from app.core.database import db
from app.core.limits import within
from app.core.refusals import Invalid, NotFound
from app.core.texts import _l, language
from app.devices.queries.devices import PairedDevice
from app.devices.rules.moments import moment_at, moment_of
from app.devices.rules.sealing import NotSealed
from app.devices.services.seals import opened
from app.devices.services.stamps import bounded, rfc3339
from app.workshops.refusals import EventNotOpen, FullAtTheDoor
from app.workshops.services import seats, walking
from app.workshops.services.drafting import Wish

# Whoever types somebody else's address must not be able to flood it.
LETTERS = "20 per hour"
# Of what names nobody so much is kept.
LONGEST_WHO = 2000


@dataclass(frozen=True, slots=True)
class WalkIn:
    """What happened at the door; `who` is who it was, in the open or sealed.

    With `undone` it was taken back: the same walk-in again, and the scan that annuls it.
    """

    id: str
    gate: str
    at: datetime
    offline: bool
    who: Mapping[str, object]
    undone: Undone | None = None
    clock: Mapping[str, object] | None = None

    @property
    def item(self) -> dict[str, object]:
        """The walk-in without who it was."""
        item = {"id": self.id, "gate": self.gate, "at": rfc3339(self.at), "offline": self.offline}
        return item | {"clock": dict(self.clock)} if self.clock else item


@dataclass(slots=True)
class _Who:
    """Who it was, or which part of that is wrong; `letter`: the ticket may be mailed."""

    walk_in_person: WalkInPerson | None = None
    wrong: QuarantineReason | None = None
    letter: bool = True


def walk_in(device: PairedDevice, came: WalkIn, now: datetime) -> WalkInWords:
    """Let somebody in, and take that back where it is undone; all of it happens once.

    A phone that may let nobody in (any more) hears no name: it may be in other hands.
    """
    if device.revoked:
        count_revoked(str(device.id))
    who = _read(device.event_id, came)
    if not came.offline and who.wrong is not None:
        raise Invalid({who.wrong: _l("We could not read this.")})
    if who.walk_in_person and who.walk_in_person.mail:
        who.letter = within("walk-in letters", who.walk_in_person.mail, LETTERS)
    answer = _taken(device, came, who, now)
    if device.left or _hindrance(device):
        answer["name"] = ""
    return answer


def walk_in_of_file(device: PairedDevice, came: WalkIn, now: datetime) -> WalkInWords:
    """The same for what a phone's file holds, as the desk hears it."""
    return _taken(device, came, _read(device.event_id, came), now)


def _taken(device: PairedDevice, came: WalkIn, who: _Who, now: datetime) -> WalkInWords:
    answer = _walked_in(device, came, who, now)
    if came.undone is None:
        return answer
    verdict = take_back(device, came.item, came.undone, now)
    return _answer(came.id, verdict, None, answer["name"])


def _walked_in(device: PairedDevice, came: WalkIn, who: _Who, now: datetime) -> WalkInWords:
    """Let somebody in, or refuse and keep nothing; the same id again is answered alike.

    What happened without network is never refused: what cannot be taken waits for the lead.
    """
    before = _answered_before(device, came)
    if before is not None:
        return before
    walk_in_person, reason = who.walk_in_person, _hindrance(device) or who.wrong
    if reason is None and walk_in_person is not None:
        try:
            with db.session.begin_nested():
                stored = let_in(_scanner(device), came, walk_in_person, now, letter=who.letter)
                name = walk_in_person.name
                return _answer(came.id, stored["verdict"], stored.get("reason"), name)
        except (FullAtTheDoor, EventNotOpen, NotFound, AnotherScan) as hindered:
            if not came.offline:
                raise
            reason = _REASONS.get(type(hindered), QuarantineReason.FULL)
    person = typed(walk_in_person) if walk_in_person else canonical(came.who)[:LONGEST_WHO]
    # Where nobody stands in the way and nothing is wrong, somebody was let in above.
    why = cast(QuarantineReason, reason)
    quarantine_walk_in(str(device.id), device.event_id, came.item, person, why, now)
    return _answer(
        came.id, DoorAnswer.QUARANTINED, reason, walk_in_person.name if walk_in_person else ""
    )


def let_in_after_all(device: PairedDevice, row: QuarantinedScan, now: datetime) -> None:
    """Enrol and admit who waits in quarantine, as of when they came; then only that is kept.

    Raises FullAtTheDoor while there is no place, and NotFound where nobody can tell who it was.
    """
    walk_in_person = walk_in_person_of(row)
    if walk_in_person is None:
        raise NotFound
    item = json.loads(row.content)
    walk_in_id = id_of(row) if row.reason == QuarantineReason.OTHER_CONTENT else item["id"]
    at, bounds = moment_at(moment_of(item["at"])), bounded(item.get("clock"), row.received_at)
    came = WalkIn(walk_in_id, item["gate"], at, True, {}, clock=bounds)
    seats.locked(device.event_id)
    let_in(_scanner(device), came, walk_in_person, now, letter=True)
    drop_who(row)


def _read(event_id: int, came: WalkIn) -> _Who:
    """Who it was, or which part is wrong. Opened before the transaction begins."""
    who = came.who
    try:
        if isinstance(who.get("sealed"), str):
            who = read_typed(opened(event_id, str(who["sealed"])))
        return _Who(read_walk_in_person(who, strict=not came.offline))
    except NotSealed:
        return _Who(wrong=QuarantineReason.SEALED)
    except NoPerson as wrong:
        return _Who(wrong=QuarantineReason(str(wrong)))


def _hindrance(device: PairedDevice) -> QuarantineReason | None:
    if device.revoked:
        return QuarantineReason.REVOKED
    return None if "admit" in device.rights else QuarantineReason.RIGHT


def _answered_before(device: PairedDevice, came: WalkIn) -> WalkInWords | None:
    """What was answered to this id; asked with the places held, so that it comes in once."""
    try:
        seats.locked(device.event_id)
    except NotFound:
        if not came.offline:
            raise
    name = str(device.id)
    known = recorded_walk_in(name, came.id)
    if known is not None:
        return _answer(came.id, known[0]["verdict"], known[0].get("reason"), known[1])
    reason = quarantine_reason(digest_of(name, came.id))
    return None if reason is None else _answer(came.id, DoorAnswer.QUARANTINED, reason, "")


def let_in(
    scanner: Scanner,
    came: WalkIn,
    walk_in_person: WalkInPerson,
    now: datetime,
    *,
    letter: bool,
    admits: int | None = None,
) -> StoredAnswer:
    """Enrol and admit, with the workshop's places held; raises what hinders it."""
    wish = Wish(walk_in_person.name, walk_in_person.mail, walk_in_person.seats, language())
    place, made = walking.walk_in(cast(int, scanner.event_id), wish, letter=letter)
    scan = {**came.item, "code": place.ticket.code, "kind": "entry", "seq": 0}
    if admits is not None:
        scan["admits"] = admits
    (result,) = record(scanner, [scan], now)
    verdict = result.answer["verdict"]
    if verdict == DoorAnswer.REFUSED:
        raise DoorSaysNo
    if verdict == DoorAnswer.QUARANTINED:
        raise AnotherScan
    db.session.add(WalkInEntry(scan_id=came.id, made_place=made))
    db.session.flush()
    return result.answer


def _scanner(device: PairedDevice) -> Scanner:
    """The device for what it may do in any case: record an entry."""
    return Scanner(str(device.id), device.event_id, doors=device.doors, all_doors=device.all_doors)


def _answer(walk_in_id: str, verdict: str, reason: str | None, name: str) -> WalkInWords:
    answer: WalkInWords = {
        "id": walk_in_id,
        "stored": True,
        "verdict": str(verdict),
        "name": name,
    }
    if reason:
        answer["reason"] = reason
    return answer


_REASONS = {
    EventNotOpen: QuarantineReason.CALLED_OFF,
    AnotherScan: QuarantineReason.OTHER_CONTENT,
}
