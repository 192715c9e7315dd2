"""What the audit trail says was done: each capability names its own verbs."""

from enum import StrEnum


class AuditVerb(StrEnum):
    """What was done to something, in the past tense and in words joined by underscores."""
