"""The letters of an application: one to each address that may act for the organisation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from app.applications import wording
from app.applications.models import Application, Message
from app.applications.queries import reviewing
from app.core import outbox
from app.core.addresses import link_to
from app.core.outbox import Letter
from app.mailings.rules.filling import Addressee
from app.organisations import queries as organisations
from app.people.models import Person

# How a reason stands in a letter: by itself, or the team's own words.
SENTENCES: dict[str, object] = {str(reason): text for reason, text in wording.REASONS.items()}


class ApplicationLetter(StrEnum):
    """Each letter is the template of its name in emails/applications."""

    RECEIVED = "received"
    RECEIVED_LATE = "received_late"
    CHANGED = "changed"
    UNSENT = "unsent"
    ASKED = "asked"
    ACCEPTED = "accepted"
    WAITLISTED = "waitlisted"
    DECLINED = "declined"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    LAPSED = "lapsed"
    CANCELLED = "cancelled"


def tell(
    letter: ApplicationLetter,
    application: Application,
    due_at: datetime | None = None,
    *,
    rank: int | None = None,
    question: Message | None = None,
    answered_by: Mapping[int, str] | None = None,
) -> list[Letter]:
    """Write the letter to the organisation; a shared address gets one.

    `rank` is the place on the waiting list, `question` what the team asks, `answered_by` the link
    that answers an offer for each person.
    """
    return [
        outbox.post(
            f"applications/{letter}",
            to=person.email,
            language=person.language,
            person_id=person.person_id,
            due_at=due_at,
            name=person.name,
            attachments=_files(letter, application),
            **_context(application),
            rank=rank,
            question=question,
            answer_page=(answered_by or {}).get(person.person_id),
        )
        for person in organisations.correspondents(application.organisation_id)
    ]


def _files(letter: ApplicationLetter, application: Application) -> tuple[str, ...]:
    """Who has said yes gets the day for their calendar."""
    return (f"event:{application.event_id}",) if letter == ApplicationLetter.CONFIRMED else ()


def addressees(application_ids: Collection[int]) -> list[Addressee]:
    """Who a letter to these applications can go to: every address that acts for the applicant."""
    asked = reviewing.numbered(application_ids)
    acting: dict[int, list[Person]] = {}
    for one in organisations.all_representatives(
        {application.organisation_id for application in asked}
    ):
        acting.setdefault(one.organisation_id, []).append(one.person)
    return [
        _addressee(application, person)
        for application in asked
        for person in acting.get(application.organisation_id, [])
        if person.email
    ]


def _addressee(application: Application, person: Person) -> Addressee:
    return Addressee(
        subject_id=application.id,
        name=application.organisation.name,
        email=person.email or "",
        person_id=person.id,
        language=person.language,
        link=link_to("applications.status", application_id=application.id),
        page=link_to(
            "applications_desk.case", role=application.role, application_id=application.id
        ),
    )


def _context(application: Application) -> dict[str, Any]:
    return {
        "organisation": application.organisation.name,
        "event_title": application.event.title,
        "starts_at": application.event.starts_at,
        "role": wording.ROLES[application.role],
        "reason": SENTENCES.get(application.reason, application.reason),
        "confirm_by": application.confirm_by,
        "status_page": link_to("applications.status", application_id=application.id),
    }
