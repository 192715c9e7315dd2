"""What the audit trail says of a mailing."""

from app.core.audit_verbs import AuditVerb


class MailingVerb(AuditVerb):
    """What the audit trail says was done to a mailing."""

    BEGUN = "begun"
    WRITTEN = "written"
    SENT = "sent"
    CALLED_BACK = "called_back"
    DISCARDED = "discarded"
