"""What artists are told of their time: nothing of a draft, and of several changes within two
minutes only what stands in the end."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from app.core import clock, outbox
from app.core.database import db
from app.events.models import Event
from app.mailings.rules.states import RECALL_WITHIN
from app.stage import emails
from app.stage.models import LineUp, Slot

# How a slot stood: JSON, by the column's name.
Standing = dict[str, Any]
MOMENTS = ("starts_at", "ends_at", "sound_check_at")


def standing(slot: Slot) -> Standing:
    """What its artist is told of a slot, for `tell` and `restore`."""
    moments = {name: getattr(slot, name) for name in MOMENTS}
    return {
        "stage_id": slot.stage_id,
        **{name: moment and moment.isoformat() for name, moment in moments.items()},
        "call": slot.call,
        "note": slot.note,
        "stage": [slot.stage.name, slot.stage.place, slot.stage.call],
    }


def moments_of(told: Standing) -> dict[str, datetime | None]:
    """The moments of a standing."""
    return {name: told[name] and datetime.fromisoformat(told[name]) for name in MOMENTS}


def tell(line_up: LineUp, event: Event, slot: Slot, before: Standing | None) -> None:
    """Write to those concerned once the programme is announced; `before` is how the slot stood in
    the letters so far, None where there were none. What has not left is called back first."""
    db.session.flush()
    if line_up.announced_at is None:
        return
    base = slot.told if called_back(slot) else before
    stands = None if slot.ended_at is not None else standing(slot)
    slot.letters, slot.told = [], None
    if stands == base:
        return
    letters = emails.tell_slot(event, slot, base, due_at=clock.now() + RECALL_WITHIN)
    db.session.flush()
    slot.told, slot.letters = base, [letter.id for letter in letters]


def called_back(slot: Slot) -> bool:
    """Take back what was last written of the slot, if all of it still waits; whether it was."""
    if not slot.letters or outbox.waits_until(slot.letters) is None:
        return False
    return outbox.call_back(slot.letters) == len(slot.letters)
