"""Who calls from the door: a phone that may, or a machine that says for which event."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.core import clock
from app.core.access import Identity
from app.core.refusals import Forbidden
from app.devices.queries.devices import PairedDevice, ends_at
from app.devices.refusals import DoorClosed, EventMissing, PhoneLeft, PhoneRevoked, RightMissing
from app.events.queries import event_id_by_slug

# An evening may run late; after that no names are told and nobody new is let in.
AFTER_THE_END = timedelta(hours=12)


def deliverer(caller: Identity) -> PairedDevice:
    """The phone that calls, revoked or not: for what it delivers."""
    device: PairedDevice | None = caller.device
    if device is None:
        raise Forbidden
    return device


def phone(caller: Identity, right: str | None = None) -> PairedDevice:
    """The phone that calls, unless it was revoked or left or lacks the right.

    What needs a right ends with the event.
    """
    device = phone_with(caller, right)
    if right is not None:
        refuse_after_the_end(ends_at(device.event_id))
    return device


def phone_with(caller: Identity, right: str | None) -> PairedDevice:
    """The same for who asks by itself whether the event is over."""
    device = deliverer(caller)
    if device.only_delivers:
        raise PhoneRevoked if device.revoked else PhoneLeft
    if right is not None and right not in device.rights:
        raise RightMissing
    return device


def refuse_after_the_end(ends: datetime) -> None:
    """Names are told and people let in until some hours after an event that ends then."""
    if clock.now() >= ends + AFTER_THE_END:
        raise DoorClosed


def event_of(caller: Identity, slug: str | None) -> int:
    """The event a caller asks about: a phone's own, a machine's by its address."""
    if caller.device is not None:
        return phone(caller).event_id
    if not slug:
        raise EventMissing
    return event_id_by_slug(slug)


def counter_of(caller: Identity, name: str) -> str:
    """The counter a caller may move: a phone's are its own, whatever it calls them."""
    if caller.device is None:
        return f"token:{caller.token_id}/{name}"
    own = str(caller.device.id)
    return own if name == own else f"{own}/{name}"
