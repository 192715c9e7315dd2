"""Working out an event's admissions and conflicts anew, when its rule of entry has changed."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.checkin.models import Admission, DoubleAdmission, Scan
from app.checkin.queries.scans import moves_of_event
from app.checkin.services.storing import Changes
from app.devices.rules.doors import EntryRule
from app.workshops.models import Ticket


def work_out_anew(event_id: int, rule: EntryRule) -> None:
    """Bring what follows from the event's scans to this rule; the scans stay as they are."""
    changes = Changes()
    scanned = select(Scan.ticket_id).where(Scan.event_id == event_id)
    locked = select(Ticket.id).where(Ticket.id.in_(scanned)).order_by(Ticket.id)
    changes.connection.execute(locked.with_for_update())
    for ticket_id, placed in moves_of_event(changes.connection, event_id):
        changes.current.setdefault(ticket_id, {})[placed.move.id] = placed
        changes.touched.add((ticket_id, placed.key))
    for model in (DoubleAdmission, Admission):
        changes.connection.execute(delete(model).where(model.event_id == event_id))
    changes.write({event_id: rule})
