"""Why a phone at the door does not get what it asks for."""

from __future__ import annotations

from app.core.refusals import Forbidden, Invalid, Refusal
from app.core.texts import _l


class PhoneRevoked(Forbidden):
    """It may deliver what it still has, nothing else."""

    sentence = _l("This phone has been revoked. It may only deliver the scans it still has.")


class PhoneLeft(Forbidden):
    """Those who had it unpaired it; it may deliver what it still has, nothing else."""

    sentence = _l("This phone is no longer paired. Ask the lead to pair it again.")


class DoorClosed(Forbidden):
    """After the event no names are told."""

    sentence = _l("The event is over. Names are not told any more, and nobody can be let in.")


class RightMissing(Forbidden):
    """The lead did not give this phone that right."""

    sentence = _l("This phone may not do that. Ask the lead for the right to it.")


class NamesLocked(Forbidden):
    """Names leave for a phone only while the lead has unlocked them."""

    sentence = _l("The names are locked on this phone. Ask the lead to unlock them.")


class EventMissing(Invalid):
    """A machine that serves all events says which one it means."""

    sentence = _l("Say which event you mean.")


class NoNames(Refusal):
    """Names are for phones that may search, until the event is over."""

    sentence = _l(
        "This phone cannot hold the names: it must be allowed to search, and the event not over."
    )
