"""Taking in the file of a phone that did not get its scans delivered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.checkin.queries.scans import known_scans
from app.checkin.queries.walk_ins import quarantine_reason, recorded_walk_in
from app.checkin.refusals import NotUnsent, OtherEvent, StrangePhone
from app.checkin.rules.audited import CheckinVerb
from app.checkin.rules.intake import Item, id_to_answer, is_id, read_item
from app.checkin.rules.unsent import NoUnsentFile, UnsentFile, read_file
from app.checkin.rules.verdicts import DoorAnswer
from app.checkin.services.answers import Result
from app.checkin.services.recording import record
from app.checkin.services.scanners import Scanner
from app.checkin.services.undoing import Undone
from app.checkin.services.walk_in_quarantine import digest_of
from app.checkin.services.walk_ins import WalkIn, walk_in_of_file
from app.core import audit
from app.core.database import db
from app.core.refusals import NotFound
from app.devices.queries.devices import PairedDevice, doors
from app.devices.queries.devices import device as device_of
from app.devices.rules.moments import NoScan, moment_at

BATCH = 1000
WHO = ("name", "mail", "seats", "sealed")


@dataclass(frozen=True, slots=True)
class Answered:
    """The answer to one thing of a file; `known`: it stood here before."""

    name: str
    verdict: str
    reason: str
    known: bool

    @property
    def quarantined(self) -> bool:
        """Whether it lies in quarantine."""
        return self.verdict == DoorAnswer.QUARANTINED


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The answers to a file, those that need a look first."""

    gate: str
    answers: list[Answered]

    @property
    def new(self) -> int:
        """How many were not known before."""
        return sum(not answer.known and not answer.quarantined for answer in self.answers)

    @property
    def known(self) -> int:
        """How many stood here before."""
        return sum(answer.known for answer in self.answers)

    @property
    def quarantined(self) -> int:
        """How many lie in quarantine."""
        return sum(answer.quarantined for answer in self.answers)


def import_unsent(event_id: int, content: bytes, now: datetime, *, keep: bool) -> TakenIn:
    """Record what a file holds under its phone; without `keep` only see what would come of it.

    Raises NotUnsent, OtherEvent and StrangePhone. The same file again changes nothing.
    """
    try:
        file = read_file(content)
    except NoUnsentFile as error:
        raise NotUnsent from error
    if file.event != str(event_id):
        raise OtherEvent
    phone = _phone(event_id, file)
    with db.session.begin_nested() as trial:
        answers = [*_walk_ins(phone, file.walkins, now), *_scans(phone, file.scans, now)]
        if not keep:
            trial.rollback()
    taken = TakenIn(
        phone.gate, sorted(answers, key=lambda answer: answer.verdict == DoorAnswer.ADMITTED)
    )
    if keep:
        audit.record("device", phone.id, CheckinVerb.UNSENT_SCANS_TAKEN_IN, count=taken.new)
    return taken


def _phone(event_id: int, file: UnsentFile) -> PairedDevice:
    try:
        device = device_of(event_id, _number(file.device))
    except NotFound as error:
        raise StrangePhone from error
    rights, revoked = frozenset(device.rights), device.revoked_at is not None
    known_doors = doors([event_id])[event_id]
    return PairedDevice(device.id, event_id, device.gate, rights, revoked, known_doors, known_doors)


def _number(text: str) -> int:
    """A device's number; 0, which none has, for anything else."""
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 20 else 0
    return number if number < 2**63 else 0


def _scans(phone: PairedDevice, raws: tuple[object, ...], now: datetime) -> Iterator[Answered]:
    scanner = Scanner.of_device(phone)
    for start in range(0, len(raws), BATCH):
        batch = raws[start : start + BATCH]
        ids = {id for place, raw in enumerate(batch) if is_id(id := id_to_answer(raw, place))}
        known = known_scans(db.session.connection(), ids).keys()
        for result in record(scanner, batch, now):
            yield _answered(result, result.id in known)


def _walk_ins(phone: PairedDevice, raws: tuple[object, ...], now: datetime) -> Iterator[Answered]:
    for raw in raws:
        came = _walk_in(raw)
        if came is None:
            yield from _scans(phone, (raw,), now)
        else:
            known = _is_known(str(phone.id), came.id)
            answer = walk_in_of_file(phone, came, now)
            reason = answer.get("reason", "")
            yield Answered(answer["name"], answer["verdict"], reason, known)


def _walk_in(raw: object) -> WalkIn | None:
    """The walk-in in an item, whose place and time are those of a scan; None if it is none."""
    if not isinstance(raw, dict):
        return None
    try:
        item = _read({**raw, "kind": "entry"})
        undo = _read({**raw["undone"], "kind": "exit"}) if "undone" in raw else None
    except (NoScan, TypeError):
        return None
    who: dict[str, Any] = {name: raw[name] for name in WHO if name in raw}
    undone = None if undo is None else Undone(undo.id, moment_at(undo.at))
    bounds = raw["clock"] if isinstance(raw.get("clock"), dict) else None
    return WalkIn(item.id, item.gate, moment_at(item.at), True, who, undone, bounds)


def _read(raw: dict[str, Any]) -> Item:
    return read_item({**raw, "code": "-", "seq": 0}, lambda _stamp: None)


def _is_known(device: str, walk_in_id: str) -> bool:
    before = recorded_walk_in(device, walk_in_id)
    return before is not None or quarantine_reason(digest_of(device, walk_in_id)) is not None


def _answered(result: Result, known: bool) -> Answered:
    name = result.ticket.name if result.ticket else ""
    verdict, reason = str(result.answer["verdict"]), str(result.answer.get("reason", ""))
    return Answered(name, verdict, reason, known)
