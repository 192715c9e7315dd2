"""What the audit trail says of a workshop and those enrolled in it."""

from app.core.audit_verbs import AuditVerb


class WorkshopVerb(AuditVerb):
    """What the audit trail says was done to a workshop and those enrolled in it."""

    CHANGED = "changed"
    REISSUED = "reissued"
    GOALS_SET = "goals_set"
    QUESTIONS_SET = "questions_set"
    CHANGED_AFTER_ENTRY = "changed_after_entry"
    MAIL_CORRECTED = "mail_corrected"
    DOUBLE_CANCELLED = "double_cancelled"
    HANDED_OVER = "handed_over"
    TAKEN_OVER = "taken_over"
    CANCELLED = "cancelled"
    CANCELLED_BY_TEAM = "cancelled_by_team"
    MOVED_UP_BY_TEAM = "moved_up_by_team"
    CAPACITY_SET = "capacity_set"
