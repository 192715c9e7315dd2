"""The letter that tells an applicant which stall is theirs."""

from __future__ import annotations

from datetime import timedelta

from app.applications.models import Application
from app.core import clock, outbox
from app.core.addresses import link_to
from app.organisations import queries as organisations
from app.vendors.queries import holdings

# The team may still move somebody; the letter leaves when the plan has come to rest.
REST = timedelta(minutes=2)


def tell_stall(application: Application) -> None:
    """Write to everybody who may act for the applicant: the number, and where to see the rest."""
    stalls = holdings.codes_of(application.id)
    for person in organisations.correspondents(application.organisation_id):
        outbox.post(
            "vendors/stall",
            to=person.email,
            language=person.language,
            person_id=person.person_id,
            name=person.name,
            due_at=clock.now() + REST,
            organisation=application.organisation.name,
            event_title=application.event.title,
            starts_at=application.event.starts_at,
            stalls=", ".join(stalls),
            stall_page=link_to("vendors.stall", application_id=application.id),
        )
