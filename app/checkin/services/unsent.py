"""Taking in the file of a phone that did not get its scans delivered."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from app.checkin.models import Device
from app.checkin.queries.devices import doors
from app.checkin.queries.tickets import known_scans
from app.checkin.rules.desk_refusals import NotUnsent, OtherEvent, StrangePhone
from app.checkin.rules.intake import id_to_answer
from app.checkin.rules.unsent import NoUnsentFile, UnsentFile, read_file
from app.checkin.rules.verdicts import Answer
from app.checkin.services.recording import Result, Scanner, record
from app.core import trail
from app.core.database import db

BATCH = 1000


@dataclass(frozen=True, slots=True)
class TakenIn:
    """The answer to each scan of a file, and the ids of those that stood before."""

    gate: str
    results: list[Result]
    known: frozenset[str]

    @property
    def new(self) -> int:
        """How many scans were not known before."""
        return sum(result.id not in self.known for result in self.results) - self.aside

    @property
    def aside(self) -> int:
        """How many went to quarantine."""
        return sum(result.answer["verdict"] == Answer.QUARANTINED for result in self.results)


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
    with db.session.begin_nested() as trial:
        device = _device(event_id, file)
        taken = _recorded(device, file, now)
        if not keep:
            trial.rollback()
    if keep:
        trail.record("device", device.id, "unsent scans taken in", count=taken.new)
    return taken


def _device(event_id: int, file: UnsentFile) -> Device:
    number = int(file.device) if file.device.isdecimal() and len(file.device) < 20 else 0
    device = db.session.get(Device, number)
    if device is None or device.event_id != event_id:
        raise StrangePhone
    return device


def _recorded(device: Device, file: UnsentFile, now: datetime) -> TakenIn:
    scanner = Scanner(
        str(device.id),
        device.event_id,
        frozenset(device.rights),
        device.revoked_at is not None,
        doors([device.event_id])[device.event_id],
    )
    results: list[Result] = []
    known: set[str] = set()
    for start in range(0, len(file.scans), BATCH):
        batch = file.scans[start : start + BATCH]
        ids = {id_to_answer(raw, place) for place, raw in enumerate(batch)}
        known |= known_scans(db.session.connection(), (), ids).keys()
        results += record(scanner, batch, now)
    return TakenIn(device.gate, results, frozenset(known))
