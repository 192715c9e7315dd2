"""Why something waits in quarantine or came in against the rules, and what can be done."""

from collections.abc import Mapping
from typing import Final

from app.checkin.rules.reasons import QuarantineReason
from app.core.texts import Lazy, _l

# Reasons for which a whole scan lies here.
WHY: Final[Mapping[QuarantineReason, Lazy]] = {
    QuarantineReason.REVOKED: _l("The phone had been revoked."),
    QuarantineReason.RIGHT: _l("The phone may not do that."),
    QuarantineReason.OTHER_CONTENT: _l("Another scan had come under the same number."),
    QuarantineReason.FULL: _l("The workshop was full."),
    QuarantineReason.CALLED_OFF: _l("The event had been called off."),
    QuarantineReason.SEALED: _l("It could not be opened: it was sealed to another key."),
    QuarantineReason.TRIES: _l("Too many codes had been typed within a minute."),
    QuarantineReason.LARGE: _l("It is far larger than a scan. Only its beginning is kept."),
}


REMEDIES: Final[Mapping[QuarantineReason, Lazy]] = {
    QuarantineReason.REVOKED: _l(
        "Take it in if the phone was still in good hands then. Else set it aside."
    ),
    QuarantineReason.RIGHT: _l(
        "Take it in if it was meant so, and give the phone the right for the next time."
    ),
    QuarantineReason.OTHER_CONTENT: _l("Take it in: both scans then stand, each for itself."),
    QuarantineReason.FULL: _l(
        "Make room by raising the capacity, then take the person in. Else set it aside."
    ),
    QuarantineReason.CALLED_OFF: _l(
        "Write to the person if there is an address. Then set it aside."
    ),
    QuarantineReason.SEALED: _l(
        "Ask at the gate who it was and tick that person on the paper list."
    ),
    QuarantineReason.TRIES: _l("Take it in if it was meant so."),
}


# For any other reason, which names the part that was wrong: what came stands beside it.
NOT_WHOLE: Final = _l("It is not a whole scan.")


ASK: Final = _l("Ask at the gate what happened, tick the person on the paper list if need be.")


# By the override of the scan: what the rules say of somebody who was let in all the same.
OVERRULED: Final[Mapping[str, Lazy]] = {
    "cancelled": _l("The ticket had been cancelled."),
    "waitlisted": _l("The person stood on the waiting list."),
    "revoked": _l("The ticket had been replaced by a new one."),
    "already": _l("The guest had come in already, perhaps with another ticket."),
    "wrong_event": _l("The ticket is for another event."),
    "not_yet": _l("The doors were not open yet."),
    "too_late": _l("The doors had closed."),
    "rule": _l("The ticket does not hold at that gate."),
}


AFTERWARDS: Final[Mapping[str, Lazy]] = {
    "cancelled": _l("See whether the place has gone to somebody else, and whether all have room."),
    "waitlisted": _l("See whether all have room."),
    "revoked": _l("Mostly the guest showed the old letter. Else ask who had it."),
    "already": _l("Mostly the same person twice. Else ask who came with the other ticket."),
    "wrong_event": _l("Ask at the gate, and see that the phone is paired with the right event."),
    "not_yet": _l("Look at the hours under Gates, and at the clock of the phone."),
    "too_late": _l("Look at the hours under Gates, and at the clock of the phone."),
    "rule": _l("Tell the gate whom it takes, or change its terms under Gates."),
}


def why(reason: QuarantineReason) -> Lazy:
    """Why something lies here, as a sentence."""
    return WHY.get(reason, NOT_WHOLE)
