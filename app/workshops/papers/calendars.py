"""The calendar file of a place: the same UID for life, a higher SEQUENCE with each change."""

from __future__ import annotations

from email.utils import parseaddr
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale
from icalendar import Calendar, Event, vCalAddress
from icalendar.prop import vText

from app.core import clock
from app.core.addresses import base_url, link_to
from app.core.attachments import Attachment
from app.core.languages import local_in
from app.core.texts import _
from app.events.rules import EventState
from app.workshops.queries import places
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules.places import EnrolmentState


def calendar(ident: str, language: str) -> Attachment:
    """torvet.ics for the ticket with this number."""
    place = places.place_by_ticket(int(ident))
    with force_locale(language):
        content = _calendar(place, language).to_ical()
    return Attachment("torvet.ics", "text/calendar", content)


def _calendar(place: TicketedEnrolment, language: str) -> Calendar:
    off = (
        place.event.state == EventState.CANCELLED
        or place.enrolment.state == EnrolmentState.CANCELLED
    )
    made = Calendar()
    made.add("prodid", "-//Torvet//DA")
    made.add("version", "2.0")
    made.add("method", "CANCEL" if off else "PUBLISH")
    made.add_component(_entry(place, language, off))
    return made


def _entry(place: TicketedEnrolment, language: str, off: bool) -> Event:
    event = place.event
    entry = Event()
    host = urlsplit(base_url()).hostname
    entry.add("uid", f"enrolment-{place.enrolment.id}@{host}")
    # A cancelled place is one more change than the event itself has had.
    entry.add("sequence", event.sequence + (1 if off else 0))
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", local_in(event.title, language))
    entry.add("location", ", ".join(part for part in (event.place, event.address) if part))
    entry.add("description", _("Show your ticket at the door."))
    entry.add("url", link_to("workshops.ticket", code=place.ticket.code))
    entry.add("status", "CANCELLED" if off else "CONFIRMED")
    entry.add("organizer", _organizer())
    return entry


def _organizer() -> vCalAddress:
    address = parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])[1]
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["cn"] = vText("Torvet")
    return organizer
