"""What the audit trail says of stages and slots."""

from app.core.audit_verbs import AuditVerb


class StageVerb(AuditVerb):
    """What the audit trail says was done to a stage, a slot or an event's programme."""

    STAGE_MADE = "stage_made"
    STAGE_CORRECTED = "stage_corrected"
    STAGE_DROPPED = "stage_dropped"
    SLOT_GIVEN = "slot_given"
    SLOT_MOVED = "slot_moved"
    SLOT_ENDED = "slot_ended"
    SLOT_RECALLED = "slot_recalled"
    SLOT_LEFT_FREE = "slot_left_free"
    ANNOUNCED = "programme_announced"
    ANNOUNCEMENT_RECALLED = "programme_recalled"
