"""What the audit trail says of the door."""

from app.core.audit_verbs import AuditVerb


class CheckinVerb(AuditVerb):
    """What the audit trail says was done to the door."""

    CONFLICTS_LOOKED_AT = "conflicts_looked_at"
    OVERRIDES_LOOKED_AT = "overrides_looked_at"
    QUARANTINE_TAKEN = "quarantine_taken"
    QUARANTINE_SEEN = "quarantine_seen"
    DOOR_TERMS_SET = "door_terms_set"
    DOOR_TERMS_CLEARED = "door_terms_cleared"
    WALK_IN_WRITTEN_DOWN = "walk_in_written_down"
    WALK_IN_TAKEN_BACK = "walk_in_taken_back"
    UNSENT_SCANS_TAKEN_IN = "unsent_scans_taken_in"
