"""What the audit trail says of an application."""

from app.core.audit_verbs import AuditVerb


class ApplicationVerb(AuditVerb):
    """What the audit trail says was done to an application."""

    BEGUN = "begun"
    SUBMITTED = "submitted"
    CHANGED = "changed"
    DISCARDED = "discarded"
    REMINDED = "reminded"
    PLACED = "placed"
    SCORED = "scored"
    ASKED = "asked"
    ANSWERED = "answered"
    PREPARED = "prepared"
    RELEASED = "released"
    RECALLED = "recalled"
    LOOKED_AT = "looked_at"
    PASSED_ON = "passed_on"
    CONFIRMED = "confirmed"
    WITHDRAWN = "withdrawn"
    CANCELLED = "cancelled"
    LAPSED = "lapsed"
    CALLED_OFF = "called_off"
    REOPENED = "reopened"
