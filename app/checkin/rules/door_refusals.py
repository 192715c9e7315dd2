"""Why a phone at the door does not get what it asks for."""

from __future__ import annotations

from app.core.refusals import Forbidden, Invalid, Refusal
from app.core.texts import _l


class PhoneRevoked(Forbidden):
    """It may deliver what it still has, nothing else."""

    sentence = _l("This phone has been revoked. It may only deliver the scans it still has.")


class RightMissing(Forbidden):
    """The lead did not give this phone that right."""

    sentence = _l("This phone may not do that. Ask the lead for the right to it.")


class NamesLocked(Forbidden):
    """Names leave for a phone only while the lead has unlocked them."""

    sentence = _l("The names are locked on this phone. Ask the lead to unlock them.")


class DoorSaysNo(Refusal):
    """Nobody is enrolled who could not come in here anyway."""

    sentence = _l("Nobody can come in at this door now. Look at its hours with the lead.")


class EventMissing(Invalid):
    """A machine that serves all events says which one it means."""

    sentence = _l("Say which event you mean.")


class SinceUnreadable(Invalid):
    """Not a version or cursor of ours."""

    sentence = _l("“since” is a whole number that we gave you.")
