"""What points at a person or an organisation, and what becomes of it when two are merged."""

from collections.abc import Mapping

from app.organisations.rules import CONSENT_FIELDS

# Every column with the number of a person or an organisation; a test finds all there are. One
# that is missing here would go on pointing at somebody who is gone.
FOLLOWING: Mapping[str, str] = {
    "advisory_tasks.person_id": "advisory",
    "advisory_tasks.organisation_id": "advisory",
    "answer_links.person_id": "applications",
    "application_messages.person_id": "applications",
    "applications.organisation_id": "applications",
    "enrolments.person_id": "workshops",
    "invitations.person_id": "surveys",
    "letters.person_id": "core",
    "organisation_claims.organisation_id": "organisations",
    "organisation_claims.person_id": "organisations",
    "organisation_consents.organisation_id": "organisations",
    "printed_tickets.person_id": "workshops",
    "representatives.organisation_id": "organisations",
    "representatives.person_id": "organisations",
}
# The facts of an organisation of which one of two values stays.
CHOSEN = ("name", "cvr", *(name for name in CONSENT_FIELDS if name != "name"))


def differing(stays: Mapping[str, object], gone: Mapping[str, object]) -> list[str]:
    """The facts that both have, otherwise: of these somebody must choose."""
    return [name for name in CHOSEN if stays[name] and gone[name] and stays[name] != gone[name]]


def united(
    stays: Mapping[str, object], gone: Mapping[str, object], of_gone: set[str]
) -> dict[str, object]:
    """The facts afterwards: the chosen ones, and what only one of them has."""
    return {
        name: gone[name] if name in of_gone or not stays[name] else stays[name] for name in CHOSEN
    }
