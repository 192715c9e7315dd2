"""Why something waits in quarantine or came in against the rules, and what can be done."""

from collections.abc import Mapping
from typing import Final

from app.core.texts import Lazy, _l

# Reasons for which a whole scan lies here.
WHY: Final[Mapping[str, Lazy]] = {
    "revoked": _l("The phone had been revoked."),
    "right": _l("The phone may not do that."),
    "other content": _l("Another scan had come under the same number."),
    "full": _l("The workshop was full."),
    "called off": _l("The event had been called off."),
    "sealed": _l("It could not be opened: it was sealed to another key."),
    "tries": _l("Too many codes had been typed within a minute."),
    "large": _l("It is far larger than a scan. Only its beginning is kept."),
}


REMEDIES: Final[Mapping[str, Lazy]] = {
    "revoked": _l("Take it in if the phone was still in good hands then. Else set it aside."),
    "right": _l("Take it in if it was meant so, and give the phone the right for the next time."),
    "other content": _l("Take it in: both scans then stand, each for itself."),
    "full": _l("Make room by raising the capacity, then take the person in. Else set it aside."),
    "called off": _l("Write to the person if there is an address. Then set it aside."),
    "sealed": _l("Ask at the gate who it was and tick that person on the paper list."),
    "tries": _l("Take it in if it was meant so."),
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


def why(reason: str) -> Lazy:
    """Why something lies here, as a sentence."""
    return WHY.get(reason, NOT_WHOLE)
