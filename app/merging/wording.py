"""What follows when two are merged, as the team calls it."""

from __future__ import annotations

from collections.abc import Mapping

from app.core.texts import Lazy, _l

# Each column that points at a person or an organisation (rules.FOLLOWING), in the order told.
FOLLOWING_NAMES: Mapping[str, Lazy] = {
    "enrolments.person_id": _l("Places, with tickets and who came"),
    "printed_tickets.person_id": _l("Tickets in print"),
    "representatives.person_id": _l("Rights to act for an organisation"),
    "organisation_claims.person_id": _l("Requests to act for an organisation"),
    "application_messages.person_id": _l("Messages about applications"),
    "answer_links.person_id": _l("Links that answer an offer"),
    "advisory_tasks.person_id": _l("Advice and requests"),
    "invitations.person_id": _l("Invitations to surveys"),
    "letters.person_id": _l("Letters"),
    "applications.organisation_id": _l("Applications"),
    "representatives.organisation_id": _l("Contact persons"),
    "organisation_claims.organisation_id": _l("Requests to act for it"),
    "organisation_consents.organisation_id": _l("Consents to show a value"),
    "advisory_tasks.organisation_id": _l("Advice and requests"),
}
