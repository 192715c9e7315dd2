"""What is done to the installation's row, and the number that it always has."""

from __future__ import annotations

from app.core.audit_verbs import AuditVerb

ONLY = 1


class InstallationVerb(AuditVerb):
    """What was done to it."""

    CHANGED = "changed"
