"""Taking back somebody who was let in without a ticket: a scan more, and the place given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.checkin.queries.devices import PairedDevice
from app.checkin.queries.walkins import aside_walk_in, place_of_walk_in
from app.checkin.rules.moves import Kind, Settled
from app.checkin.rules.verdicts import Answer
from app.checkin.services.newcomers import digest_of
from app.checkin.services.recording import NEEDED, Scanner, record
from app.checkin.services.stamps import rfc3339
from app.core import audit
from app.workshops.services import leaving


@dataclass(frozen=True, slots=True)
class Undone:
    """The taking back, as a scan of its own."""

    id: str
    at: datetime


def take_back(
    device: PairedDevice, came: dict[str, Any], undone: Undone, now: datetime
) -> dict[str, str]:
    """Annul the entry of a walk-in that is recorded, and settle one that waits in quarantine.

    The place goes back where the walk-in made it and nothing else happened with its ticket.
    From a phone that may take nothing back (any more) it waits for the lead.
    """
    name = str(device.id)
    place = place_of_walk_in(name, came["id"], undone.id)
    if place is None and not device.revoked and NEEDED[Kind.ANNUL] in device.rights:
        _settle_aside(name, device.event_id, came["id"], now)
        return {"verdict": str(Answer.ANNULLED)}
    told = {"id": undone.id, "at": rfc3339(undone.at), "kind": str(Kind.ANNUL), "seq": 0}
    scan = {**came, **told, "code": place.code if place else "", "annuls": came["id"]}
    (result,) = record(Scanner.of_device(device), [scan], now)
    verdict = str(result.answer["verdict"])
    if place is not None and verdict == Answer.ANNULLED and place.made and place.others == 0:
        leaving.cancel(place.enrolment_id, late=True)
    return {"verdict": verdict}


def _settle_aside(device: str, event_id: int, walk_in_id: str, now: datetime) -> None:
    """Nobody is let in later who was taken back at the door."""
    row = aside_walk_in(digest_of(device, walk_in_id))
    if row is not None and row.settled is None:
        row.settled, row.settled_at = Settled.SEEN, now
        audit.record("event", event_id, "walk-in taken back", ids=[row.id])
