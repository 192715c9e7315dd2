"""How a person's own data is said in words: a name for each thing, a moment as a moment."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.core.audit_verbs import AuditVerb


def moment_in(value: object) -> datetime | None:
    """The moment a value tells, or None: only what carries its time zone is one."""
    if not isinstance(value, str) or "T" not in value:
        return None
    try:
        moment = datetime.fromisoformat(value)
    except ValueError:
        return None
    return moment if moment.tzinfo else None


# Where each table with something of a person is told among that person's own data.
TOLD_BY: Mapping[str, str] = {
    "people": "person",
    "browser_sessions": "person",
    "organisations": "organisations",
    "organisation_claims": "organisations",
    "applications": "applications",
    "application_messages": "applications",
    "enrolments": "enrolments",
    "goals": "enrolments",
    "tickets": "enrolments",
    "scans": "arrivals",
    "quarantined_scans": "walk_ins",
    "advisory_tasks": "advice",
    "answers": "surveys",
    "invitations": "surveys",
    "letters": "letters",
}
# What is not told there, and why not.
NOT_TOLD: Mapping[str, str] = {
    "answer_links": "the hash of a secret that only the person has",
    "application_reviews": "the team's own judgement, told with the decision",
    "audit_entries": "numbers and states of what is told itself",
    "event_pictures": "stands on the public page",
    "events": "stands on the public page",
    "idempotency_keys": "a machine's own answer, gone after two days",
    "kept_forms": "sealed for the browser that wrote it, where it stands in its form",
    "printed_files": "a paper made of what is told, gone after a day",
    "projects": "the office's own register",
    "replaced_links": "the hash of a secret that opens nothing any more",
    "sign_in_links": "the hash of a secret, gone after ten minutes",
    "staff": "seen and corrected under Who works here",
}


class PrivacyVerb(AuditVerb):
    """What the audit trail says was done to a person."""

    ERASED = "erased"
