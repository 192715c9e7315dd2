"""The calendar file of a place, read back."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask
from icalendar import Calendar

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events import queries as event_queries
from app.lifecycle.services import telling
from app.workshops.papers import calendars
from app.workshops.services import changing, leaving
from tests.workshops.making import enrolled, workshop


def test_the_calendar_keeps_its_uid_and_raises_its_sequence(app: Flask) -> None:
    event_id = workshop()
    place = enrolled(1).place
    event = event_queries.event(event_id)
    before = entry(place.ticket.id)
    with unit_of_work():
        start = event.starts_at + timedelta(days=1)
        telling.move(event_id, start, start + timedelta(hours=2), "Salen", "")
    after = entry(place.ticket.id)
    assert before["UID"] == after["UID"]
    assert after["SEQUENCE"] > before["SEQUENCE"]
    assert after["LOCATION"] == "Salen"


def test_a_cancelled_place_takes_its_entry_out_of_the_calendar(app: Flask) -> None:
    workshop()
    place = enrolled(1).place
    with unit_of_work():
        leaving.cancel(place.enrolment.id)
    assert entry(place.ticket.id)["STATUS"] == "CANCELLED"


def test_a_reissued_ticket_keeps_its_entry(app: Flask) -> None:
    workshop()
    place = enrolled(1).place
    before = entry(place.ticket.id)["UID"]
    with unit_of_work():
        renewed = changing.reissue(place.enrolment.id)
    assert entry(renewed.ticket.id)["UID"] == before


def entry(ticket_id: int) -> dict[str, object]:
    """The one event in the ticket's calendar file."""
    db.session.rollback()
    db.session.expire_all()
    content = calendars.calendar(str(ticket_id), "da").content
    [found] = Calendar.from_ical(content.decode()).walk("VEVENT")
    return {str(name): found[name] for name in found}
