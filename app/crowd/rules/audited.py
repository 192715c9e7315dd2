"""What the audit trail says of head counts."""

from app.core.audit_verbs import AuditVerb


class CrowdVerb(AuditVerb):
    """What the audit trail says was done to head counts."""

    COUNT_CORRECTED = "count_corrected"
