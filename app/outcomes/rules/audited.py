"""What the audit trail says of an outcome."""

from app.core.audit_verbs import AuditVerb


class OutcomeVerb(AuditVerb):
    """What the audit trail says was done to an outcome."""

    RECORDED = "recorded"
