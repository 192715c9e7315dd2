"""What the audit trail says of the demo."""

from app.core.audit_verbs import AuditVerb


class DemoVerb(AuditVerb):
    """What the audit trail says was done to the demo."""

    BEGUN = "begun"
    LOADED = "loaded"
