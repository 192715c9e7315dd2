"""Calendar files of public events: the same UID for life, a higher SEQUENCE with each change."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from icalendar import Calendar
from icalendar import Event as Entry

from app.core import clock
from app.core.addresses import base_url, link_to
from app.core.attachments import Attachment
from app.core.texts import local
from app.events.models import Event
from app.events.rules import EventState

STATUS = {EventState.CANCELLED: "CANCELLED"}


def calendar(events: Sequence[Event], filename: str) -> Attachment:
    """The events as one calendar."""
    made = Calendar()
    made.add("prodid", "-//Torvet//DA")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    made.add("x-wr-calname", "Torvet")
    for event in events:
        made.add_component(_entry(event))
    return Attachment(filename, "text/calendar", made.to_ical())


def _entry(event: Event) -> Entry:
    entry = Entry()
    entry.add("uid", f"event-{event.id}@{urlsplit(base_url()).hostname}")
    entry.add("sequence", event.sequence)
    entry.add("dtstamp", clock.now())
    entry.add("dtstart", event.starts_at)
    entry.add("dtend", event.ends_at)
    entry.add("summary", local(event.title))
    entry.add("location", ", ".join(part for part in (event.place, event.address) if part))
    entry.add("description", local(event.summary))
    entry.add("url", link_to("catalogue.event", slug=event.slug))
    entry.add("status", STATUS.get(event.state, "CONFIRMED"))
    return entry
