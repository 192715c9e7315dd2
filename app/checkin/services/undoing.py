"""Taking back somebody who was let in without a ticket: a scan more, and the place given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from app.checkin.queries.devices import PairedDevice
from app.checkin.queries.walkins import MadePlace, aside_walk_in, made_place
from app.checkin.rules.moves import Kind, Settled
from app.checkin.rules.verdicts import Answer
from app.checkin.services.newcomers import digest_of
from app.checkin.services.recording import Scanner, record
from app.checkin.services.stamps import rfc3339
from app.core import trail
from app.workshops import services as workshops

# Ticket and entry of a walk-in are written in one transaction; an earlier ticket was enrolled.
ONE_TRANSACTION = timedelta(seconds=10)


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
    """
    name = str(device.id)
    made = made_place(name, came["id"], undone.id)
    if made is None:
        _settle_aside(name, device.event_id, came["id"], now)
        return {"verdict": str(Answer.ANNULLED)}
    told = {"id": undone.id, "at": rfc3339(undone.at), "kind": str(Kind.ANNUL), "seq": 0}
    scan = {**came, **told, "code": made.code, "annuls": came["id"]}
    (result,) = record(Scanner.of_device(device), [scan], now)
    verdict = str(result.answer["verdict"])
    if verdict == Answer.ANNULLED and _made_here(made):
        workshops.cancel(made.enrolment_id, late=True)
    return {"verdict": verdict}


def _made_here(made: MadePlace) -> bool:
    since = made.came_at - made.issued_at
    return made.others == 0 and abs(since) < ONE_TRANSACTION


def _settle_aside(device: str, event_id: int, walk_in_id: str, now: datetime) -> None:
    """Nobody is let in later who was taken back at the door."""
    row = aside_walk_in(digest_of(device, walk_in_id))
    if row is not None and row.settled is None:
        row.settled, row.settled_at = Settled.SEEN, now
        trail.record("event", event_id, "walk-in taken back", ids=[row.id])
