"""What the door keeps of a person: when and where they came."""

from __future__ import annotations

from sqlalchemy import select

from app.core.database import db
from app.events.models import Event
from app.tickets.models import Ticket
from app.workshops.models import Admission, Enrolment


def about(person_id: int) -> dict[str, object]:
    """The person's arrivals. Scans hold no names: they end with the ticket they belong to."""
    statement = (
        select(Event.slug, Admission.at, Admission.gate)
        .join(Ticket, Ticket.id == Admission.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Event, Event.id == Admission.event_id)
        .where(Enrolment.person_id == person_id)
        .order_by(Admission.at)
    )
    rows = db.session.execute(statement)
    return {
        "arrivals": [{"event": slug, "at": at.isoformat(), "gate": gate} for slug, at, gate in rows]
    }
