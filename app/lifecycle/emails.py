"""The letters to those who have applied: the event is moved, or does not take place."""

from __future__ import annotations

from datetime import datetime

from app.core import outbox
from app.core.addresses import link_to
from app.core.outbox import Letter
from app.events.models import Event
from app.lifecycle import queries
from app.organisations import queries as organisations
from app.stage.queries import programme
from app.workshops.emails import Whereabouts


def moved(event: Event, was: Whereabouts, due_at: datetime) -> list[Letter]:
    """From when and where to when and where."""
    return _post("moved", event, due_at, was)


def called_off(event: Event, due_at: datetime) -> list[Letter]:
    """That it does not take place, and why."""
    return _post("called_off", event, due_at)


def _post(
    kind: str, event: Event, due_at: datetime, was: Whereabouts | None = None
) -> list[Letter]:
    slots = programme.in_calendars(event.id)
    return [
        outbox.post(
            f"lifecycle/{kind}",
            to=person.email,
            language=person.language,
            person_id=person.person_id,
            due_at=due_at,
            # Whoever has a time on a stage in the calendar has it corrected there.
            attachments=tuple(f"slot:{number}" for number in slots.get(application.id, ())),
            name=person.name,
            event=event,
            organisation=application.organisation.name,
            status_page=link_to("applications.status", application_id=application.id),
            was=was,
        )
        for application in queries.applications(event.id)
        for person in organisations.correspondents(application.organisation_id)
    ]
