"""Calendar files, written so that every calendar program reads them alike.

Moments stand in UTC: programs differ in what they make of a time zone's own description. Each
meeting is an entry with a UID of its own: of one entry with several dates some show a part only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import urlsplit

from icalendar import Calendar, Event, vCalAddress
from icalendar.prop import vText

from app.core import clock
from app.core.addresses import base_url
from app.core.attachments import Attachment

NAME = "Torvet"


@dataclass(frozen=True)
class Appointment:
    """One entry. `uid` stays for life, `sequence` grows with each change."""

    uid: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    summary: str
    location: str
    description: str
    link: str
    off: bool = False


def calendar_file(
    filename: str, appointments: Sequence[Appointment], *, organizer: str = "", title: str = ""
) -> Attachment:
    """The appointments as one file; where all are off, it takes them out of a calendar.

    `organizer` is a mail address: who has one in an entry can be asked. A file with a title is
    one to subscribe to, and takes nothing out.
    """
    off = not title and all(appointment.off for appointment in appointments)
    method = "CANCEL" if off else "PUBLISH"
    made = Calendar()
    made.add("prodid", f"-//{NAME}//DA")
    made.add("version", "2.0")
    made.add("method", method)
    if title:
        made.add("x-wr-calname", title)
    for appointment in appointments:
        made.add_component(_entry(appointment, organizer))
    parameters = {"charset": "utf-8", "method": method}
    return Attachment(filename, "text/calendar", made.to_ical(), parameters=parameters)


def uid(name: str) -> str:
    """The name of an entry in all the world."""
    return f"{name}@{urlsplit(base_url()).hostname}"


def _entry(appointment: Appointment, organizer: str) -> Event:
    entry = Event()
    entry.add("uid", appointment.uid)
    entry.add("sequence", appointment.sequence)
    entry.add("dtstamp", clock.now().astimezone(UTC))
    entry.add("dtstart", appointment.starts_at.astimezone(UTC))
    entry.add("dtend", appointment.ends_at.astimezone(UTC))
    entry.add("summary", appointment.summary)
    entry.add("location", appointment.location)
    entry.add("description", appointment.description)
    entry.add("url", appointment.link)
    entry.add("status", "CANCELLED" if appointment.off else "CONFIRMED")
    if organizer:
        entry.add("organizer", _organizer(organizer))
    return entry


def _organizer(address: str) -> vCalAddress:
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["cn"] = vText(NAME)
    return organizer
