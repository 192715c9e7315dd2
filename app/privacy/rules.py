"""How a person's own data is said in words: a name for each thing, a moment as a moment."""

from __future__ import annotations

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


class PrivacyVerb(AuditVerb):
    """What the audit trail says was done to a person."""

    ERASED = "erased"
