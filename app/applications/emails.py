"""The letters of an application: one to each address that may act for the organisation."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from app.applications import wording
from app.applications.models import Application
from app.applications.queries import reviewing
from app.applications.rules import states
from app.core import outbox
from app.core.addresses import link_to
from app.core.outbox import Letter
from app.mailings.rules.filling import Addressee
from app.organisations import queries as organisations
from app.people.models import Person

# How a reason stands in a letter: by itself, or the team's own words.
SENTENCES: dict[str, object] = {str(reason): text for reason, text in wording.REASONS.items()}


def tell(
    kind: str, kept: Application, due_at: datetime | None = None, **facts: Any
) -> list[Letter]:
    """Write emails/applications/<kind>.txt to the organisation; a shared address gets one."""
    by_email = {
        one.person.email: one.person
        for one in organisations.representatives(kept.organisation_id)
        if one.person.email is not None
    }
    return [
        outbox.post(
            f"applications/{kind}",
            to=email,
            language=person.language,
            person_id=person.id,
            due_at=due_at,
            **_context(kept),
            **facts,
        )
        for email, person in by_email.items()
    ]


def addressees(application_ids: Collection[int]) -> list[Addressee]:
    """Who a letter to these applications can go to: every address that acts for the applicant."""
    asked = reviewing.numbered(application_ids)
    acting: dict[int, list[Person]] = {}
    for one in organisations.all_representatives({kept.organisation_id for kept in asked}):
        acting.setdefault(one.organisation_id, []).append(one.person)
    return [
        _addressee(kept, person)
        for kept in asked
        for person in acting.get(kept.organisation_id, [])
        if person.email
    ]


def _addressee(kept: Application, person: Person) -> Addressee:
    return Addressee(
        subject_id=kept.id,
        name=kept.organisation.name,
        email=person.email or "",
        person_id=person.id,
        language=person.language,
        link=link_to("applications.status", application_id=kept.id),
        page=link_to("applications_desk.case", role=kept.role, application_id=kept.id),
    )


def _context(kept: Application) -> dict[str, Any]:
    return {
        "organisation": kept.organisation.name,
        "event_title": kept.event.title,
        "starts_at": kept.event.starts_at,
        "role": wording.ROLES[states.Role(kept.role)],
        "reason": SENTENCES.get(kept.reason, kept.reason),
        "confirm_by": kept.confirm_by,
        "status_page": link_to("applications.status", application_id=kept.id),
    }
