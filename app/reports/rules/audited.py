"""What the audit trail says of a report."""

from app.core.audit_verbs import AuditVerb


class ReportVerb(AuditVerb):
    """What the audit trail says was done to a report."""

    TEXT_EDITED = "text_edited"
    LOCKED = "locked"
    LIFTED = "lifted"
