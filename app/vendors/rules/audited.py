"""What the audit trail says of the site plan."""

from app.core.audit_verbs import AuditVerb


class SitePlanVerb(AuditVerb):
    """What the audit trail says was done to the site plan."""

    LAID_OUT = "laid_out"
    ADDED = "added"
    CHANGED = "changed"
    PLACED = "placed"
    RENUMBERED = "renumbered"
    SPLIT = "split"
    REMOVED = "removed"
    IMPORTED = "imported"
    COPIED = "copied"
    BLOCKED = "blocked"
    UNBLOCKED = "unblocked"
    SHARED = "shared"
    MERGED = "merged"
    CHOOSING_OPENED = "choosing_opened"
    CHOOSING_CLOSED = "choosing_closed"
    HELD = "held"
    CONFIRMED = "confirmed"
    ADJUSTED = "adjusted"
    ENDED = "ended"
