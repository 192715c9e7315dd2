"""What the audit trail says of a device."""

from app.core.audit_verbs import AuditVerb


class DeviceVerb(AuditVerb):
    """What the audit trail says was done to a device."""

    ADDED = "added"
    PAIRING_OFFERED = "pairing_offered"
    PAIRED = "paired"
    REVOKED = "revoked"
    LEFT = "left"
    CHANGED = "changed"
    NAMES_UNLOCKED = "names_unlocked"
    NAMES_LOCKED = "names_locked"
