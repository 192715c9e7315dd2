"""Setting the terms of a door: what was let in already is judged again."""

from __future__ import annotations

from dataclasses import asdict

from sqlalchemy import delete, select

from app.checkin.rules.audited import CheckinVerb
from app.checkin.services.reworking import work_out_anew
from app.core import audit
from app.core.database import db, insert_once
from app.devices.models import DoorRule
from app.devices.queries.devices import doors
from app.devices.rules.doors import EntryRule
from app.devices.rules.terms import DoorTerms
from app.events.models import Event
from app.events.services import scheduling
from app.workshops.services import seats

DEFAULTS = asdict(EntryRule())


def held_rule(event: Event, gate: str = "") -> DoorRule | None:
    """What is particular to a gate now; nobody else sets the terms of its event until the end."""
    scheduling.lock(event)
    same = select(DoorRule).where(DoorRule.event_id == event.id, DoorRule.gate == gate)
    return db.session.scalar(same.execution_options(populate_existing=True))


def set_terms(event_id: int, terms: DoorTerms, gate: str = "") -> None:
    """Set what is particular to a gate, or with the empty gate to all.

    What was let in already is judged again where the rule of entry changes.
    """
    given = terms.given()
    before = doors([event_id])[event_id].entry
    insert_once(DoorRule, event_id=event_id, gate=gate, **{**DEFAULTS, **given})
    rule = db.session.scalars(
        select(DoorRule).where(DoorRule.event_id == event_id, DoorRule.gate == gate)
    ).one()
    for name, value in given.items():
        setattr(rule, name, value)
    db.session.flush()
    after = doors([event_id])[event_id].entry
    if after != before:
        work_out_anew(event_id, after)
    seats.outdate(event_id)
    audit.record("event", event_id, CheckinVerb.DOOR_TERMS_SET, gate=gate)


def clear_terms(event_id: int, gate: str) -> None:
    """Let a gate go by the event's own terms again."""
    db.session.execute(delete(DoorRule).where(DoorRule.event_id == event_id, DoorRule.gate == gate))
    seats.outdate(event_id)
    audit.record("event", event_id, CheckinVerb.DOOR_TERMS_CLEARED, gate=gate)
