"""The calendar file of a place: the same UID for life, a higher SEQUENCE with each change."""

from __future__ import annotations

from email.utils import parseaddr

from flask import current_app
from flask_babel import force_locale

from app.core.addresses import link_to
from app.core.attachments import Attachment
from app.core.calendar_files import Appointment, calendar_file, uid
from app.core.languages import local_in
from app.core.texts import _
from app.events import queries as events
from app.events.papers import told_in_calendar
from app.events.rules import EventState
from app.workshops.papers.file_names import file_name
from app.workshops.queries import places
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules.places import EnrolmentState


def calendar(ident: str, language: str) -> Attachment:
    """The calendar file for the ticket with this number."""
    place = places.place_by_ticket(int(ident))
    organizer = parseaddr(current_app.config["MAIL_DEFAULT_SENDER"])[1]
    with force_locale(language):
        return calendar_file(
            file_name(place, "ics"), _appointments(place, language), organizer=organizer
        )


def _appointments(place: TicketedEnrolment, language: str) -> list[Appointment]:
    event = place.event
    off = event.state == EventState.CANCELLED or place.enrolment.state == EnrolmentState.CANCELLED
    return [
        Appointment(
            uid=uid(f"enrolment-{place.enrolment.id}{meeting.suffix}"),
            # A cancelled place is one more change than the event itself has had.
            sequence=event.sequence + (1 if off else 0),
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            summary=local_in(event.title, language),
            location=event.whereabouts,
            description=told_in_calendar(event, language, _("Show your ticket at the door.")),
            link=link_to("workshops.ticket", code=place.ticket.code),
            off=off,
        )
        for meeting in events.meetings([event])[event.id]
    ]
