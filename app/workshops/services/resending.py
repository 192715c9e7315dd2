"""The ticket and the private link by mail once more."""

from __future__ import annotations

from app.core.database import db
from app.workshops import emails
from app.workshops.queries import places


def resend(enrolment_id: int) -> None:
    """Mail the ticket and the private link once more."""
    place = places.place(enrolment_id)
    emails.again(place, places.position(place.enrolment))
    db.session.flush()
