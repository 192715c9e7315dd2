"""Calendar files of public events: the same UID for life, a higher SEQUENCE with each change."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale

from app.core.addresses import link_to
from app.core.attachments import Attachment
from app.core.calendar_files import Appointment, calendar_file, uid
from app.core.texts import language, local
from app.events import queries as events
from app.events.models import Event
from app.events.papers import told_in_calendar
from app.events.queries import Meeting
from app.events.rules import EventState


def calendar(shown: Sequence[Event], filename: str, title: str = "") -> Attachment:
    """The events as one calendar; a title names a calendar one subscribes to."""
    meetings = events.meetings(shown)
    appointments = [_appointment(event, day) for event in shown for day in meetings[event.id]]
    return calendar_file(filename, appointments, title=title)


def event_calendar(ident: str, language: str) -> Attachment:
    """The calendar file of the event with this number, for a letter."""
    event = events.event(int(ident))
    with force_locale(language):
        return calendar([event], f"{event.slug}.ics")


def _appointment(event: Event, meeting: Meeting) -> Appointment:
    return Appointment(
        uid=uid(f"event-{event.id}{meeting.suffix}"),
        sequence=event.sequence,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        summary=local(event.title),
        location=event.whereabouts,
        description=told_in_calendar(event, language(), local(event.summary)),
        link=link_to("catalogue.event", slug=event.slug),
        off=event.state == EventState.CANCELLED,
    )
