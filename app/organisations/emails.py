"""Letters about who may act for an organisation."""

from __future__ import annotations

from typing import Any

from app.core import outbox
from app.core.addresses import link_to
from app.organisations.models import Claim, Organisation
from app.people.models import Person


def welcome(organisation: Organisation, person: Person) -> None:
    """To somebody who may act for the organisation from now on."""
    _post("organisations/welcome", organisation, person)


def claim_received(claim: Claim, organisation: Organisation, person: Person) -> None:
    """To somebody who asked to act for an organisation that exists."""
    _post("organisations/claim_received", organisation, person, claim_id=claim.id)


def claim_refused(organisation: Organisation, person: Person) -> None:
    """To somebody whom the team did not let act for the organisation."""
    _post("organisations/claim_refused", organisation, person)


def _post(kind: str, organisation: Organisation, person: Person, **facts: Any) -> None:
    if person.email is None:
        return
    outbox.post(
        kind,
        to=person.email,
        language=person.language,
        person_id=person.id,
        organisation=organisation.name,
        name=person.name,
        my_page=link_to("home.my"),
        **facts,
    )
