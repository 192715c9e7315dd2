"""Taking back somebody who was let in without a ticket: a scan more, and the place given up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from app.checkin.queries.walk_ins import place_of_walk_in, quarantined_walk_in
from app.checkin.rules.audited import CheckinVerb
from app.checkin.rules.moves import QuarantineOutcome, ScanKind
from app.checkin.rules.verdicts import DoorAnswer
from app.checkin.services.recording import record
from app.checkin.services.scanners import NEEDED, Scanner
from app.checkin.services.walk_in_quarantine import digest_of
from app.core import audit
from app.devices.queries.devices import PairedDevice
from app.devices.services.stamps import rfc3339
from app.workshops.services import leaving


@dataclass(frozen=True, slots=True)
class Undone:
    """The taking back, as a scan of its own."""

    id: str
    at: datetime


def take_back(
    device: PairedDevice, came: Mapping[str, object], undone: Undone, now: datetime
) -> str:
    """Annul the entry of a recorded walk-in, dismiss one that waits in quarantine; the verdict.

    The place goes back where the walk-in made it and nothing else happened with its ticket.
    From a phone that may take nothing back (any more) it waits for the lead.
    """
    name = str(device.id)
    place = place_of_walk_in(name, str(came["id"]), undone.id)
    if place is None and not device.revoked and NEEDED[ScanKind.ANNUL] in device.rights:
        _dismiss_walk_in(name, device.event_id, str(came["id"]), now)
        return str(DoorAnswer.ANNULLED)
    undo = {"id": undone.id, "at": rfc3339(undone.at), "kind": str(ScanKind.ANNUL), "seq": 0}
    scan = {**came, **undo, "code": place.code if place else "", "annuls": came["id"]}
    (result,) = record(Scanner.of_device(device), [scan], now)
    verdict = str(result.answer["verdict"])
    if place is not None and verdict == DoorAnswer.ANNULLED and place.made and place.others == 0:
        leaving.cancel(place.enrolment_id, late=True)
    return verdict


def _dismiss_walk_in(device: str, event_id: int, walk_in_id: str, now: datetime) -> None:
    """Nobody is let in later who was taken back at the door."""
    row = quarantined_walk_in(digest_of(device, walk_in_id))
    if row is not None and row.outcome is None:
        row.outcome, row.outcome_at = QuarantineOutcome.SEEN, now
        audit.record("event", event_id, CheckinVerb.WALK_IN_TAKEN_BACK, ids=[row.id])
