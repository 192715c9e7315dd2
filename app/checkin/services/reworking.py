"""Working out an event's admissions and conflicts anew, when its rule of entry has changed."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.checkin.models import Admission, DoubleAdmission, Scan
from app.checkin.queries.tickets import scans_of_event
from app.checkin.rules.moves import EntryRule
from app.checkin.services.storing import Changes
from app.workshops.models import Ticket


def work_out_anew(event_id: int, rule: EntryRule) -> None:
    """Bring what follows from the event's scans to this rule; the scans stay as they are."""
    changes = Changes()
    scanned = select(Scan.ticket_id).where(Scan.event_id == event_id)
    locked = select(Ticket.id).where(Ticket.id.in_(scanned)).order_by(Ticket.id)
    changes.connection.execute(locked.with_for_update())
    for scan in scans_of_event(changes.connection, event_id):
        ticket_id = scan.ticket_id or 0
        changes.current.setdefault(ticket_id, {})[scan.placed.move.id] = scan.placed
        changes.touched.add((ticket_id, scan.placed.key))
    for model in (DoubleAdmission, Admission):
        changes.connection.execute(delete(model).where(model.event_id == event_id))
    changes.write({event_id: rule})
