"""What hangs on an event that is called off: its applications end and their stalls are free."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, TypedDict

from app.applications.services import closing
from app.applications.services.closing import Stood
from app.core.database import db
from app.core.refusals import Refusal
from app.events.models import Event
from app.mailings import services as mailings
from app.vendors.services import ending, reserving


class Closed(TypedDict):
    """How it stood: applications by number, and the numbers of stalls given and letters waiting."""

    applications: Stood
    holdings: list[int]
    mailings: list[int]


def close(event: Event) -> Closed:
    """End all of it, with the event held; how it stood, as `reopen` takes it."""
    stood, letters = closing.close(event.id, event.called_off_because)
    stalls = ending.give_up_all(map(int, stood))
    return {"applications": stood, "holdings": stalls, "mailings": letters}


def reopen(before: Mapping[str, Any]) -> None:
    """As it stood before the event was called off; of a move there is nothing."""
    closing.reopen(before.get("applications", {}))
    mailings.take_up_again(before.get("mailings", []))
    for holding_id in before.get("holdings", []):
        # A stall that was blocked or made smaller meanwhile is given anew by the team.
        with suppress(Refusal), db.session.begin_nested():
            reserving.seat_again(holding_id)
