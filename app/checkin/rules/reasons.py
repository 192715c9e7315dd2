"""Why something the door sent lies in quarantine."""

from enum import StrEnum


class QuarantineReason(StrEnum):
    """The reasons, as they are stored and as walk-ins are answered.

    The second half are the parts of a scan, and of somebody without a ticket, that can be wrong.
    """

    REVOKED = "revoked"
    RIGHT = "right"
    OTHER_CONTENT = "other content"
    FULL = "full"
    CALLED_OFF = "called off"
    SEALED = "sealed"
    TRIES = "tries"
    LARGE = "large"

    ITEM = "item"
    KIND = "kind"
    ID = "id"
    CODE = "code"
    GATE = "gate"
    AT = "at"
    SEQ = "seq"
    ANNULS = "annuls"
    SHOWN = "shown"
    ADMITS = "admits"
    CLOCK = "clock"
    NAME = "name"
    SEATS = "seats"
    MAIL = "mail"
