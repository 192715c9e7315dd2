"""Working out an event's admissions and conflicts anew, when its rule of entry has changed."""

from __future__ import annotations

from sqlalchemy import delete, select

from app.checkin.models import DoubleAdmission, Scan
from app.checkin.queries.scans import moves_of_event
from app.checkin.services.looking_up import by_ticket
from app.checkin.services.storing import Changes, write
from app.core.database import db
from app.devices.rules.doors import EntryRule
from app.tickets.models import Ticket
from app.workshops.models import Admission


def work_out_anew(event_id: int, rule: EntryRule) -> None:
    """Bring what follows from the event's scans to this rule; the scans stay as they are."""
    connection = db.session.connection()
    scanned = select(Scan.ticket_id).where(Scan.event_id == event_id)
    locked = select(Ticket.id).where(Ticket.id.in_(scanned)).order_by(Ticket.id)
    connection.execute(locked.with_for_update())
    moves = list(moves_of_event(connection, event_id))
    touched = {(ticket_id, placed.key) for ticket_id, placed in moves}
    for model in (DoubleAdmission, Admission):
        connection.execute(delete(model).where(model.event_id == event_id))
    write(connection, Changes({}, [], {}, by_ticket(moves), touched), {event_id: rule})
