"""Reminding those who have a place, once each."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import update

from app.core import audit, clock
from app.core.database import db, insert_once
from app.reminding import queries
from app.reminding.models import DayReminder
from app.reminding.rules import ReminderVerb
from app.workshops import emails
from app.workshops.models import Enrolment, Workshop
from app.workshops.queries import places


def set_reminder(event_id: int, days: int | None, hour: int, words: Mapping[str, str]) -> Workshop:
    """When the participants are reminded, and what they are told besides; None: not at all."""
    workshop = places.workshop(event_id)
    workshop.reminder_days, workshop.reminder_hour = days, hour
    workshop.reminder_text = {code: text for code, text in words.items() if text.strip()}
    audit.record("workshop", event_id, ReminderVerb.REMINDER_SET, days=days, hour=hour)
    db.session.flush()
    return workshop


def remind(enrolment_id: int) -> int:
    """Write the letter; 0 where the place is given up, or another worker has written it."""
    if not queries.still_coming(enrolment_id):
        return 0
    first = insert_once(DayReminder, enrolment_id=enrolment_id, sent_at=clock.now())
    if not (first or _moved_since(enrolment_id)):
        return 0
    place = places.place(enrolment_id)
    emails.reminder(place, places.workshop(place.event.id).reminder_text)
    return 1


def _moved_since(enrolment_id: int) -> bool:
    """Whether the reminder was of another day or place; then it is written anew, by one worker."""
    same = DayReminder.enrolment_id == Enrolment.id, Enrolment.id == enrolment_id
    anew = update(DayReminder).where(*same, queries.moved_since()).values(sent_at=clock.now())
    return bool(db.session.execute(anew).rowcount)  # type: ignore[attr-defined]
