"""Pairing phones with gates, revoking them, and setting the terms of a door."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import update

from app.core import audit, clock
from app.core.database import db
from app.core.refusals import NotFound
from app.core.secrets import purpose_key
from app.core.signing import keyed_hash
from app.core.tokens import new_token, random_id, short_code_of, token_hash
from app.devices.models import Device
from app.devices.queries.devices import (
    CHOOSES,
    DEVICE_TOKEN_PREFIX,
    RIGHTS,
    awaiting_pairing,
)
from app.devices.refusals import NoNames
from app.devices.rules.audited import DeviceVerb
from app.events.models import Event

PAIRING_LASTS = timedelta(minutes=10)
PURPOSE = "door pairing"
NAMES_PURPOSE = "door names"


def add_device(
    event_id: int, gate: str, rights: Collection[str] = RIGHTS, *, paired: bool = True
) -> tuple[Device, str | None]:
    """A device at a gate with its token; unpaired it has none until a phone pairs."""
    now = clock.now()
    token = new_token(DEVICE_TOKEN_PREFIX) if paired else None
    device = Device(
        id=random_id(),
        event_id=event_id,
        gate=gate,
        rights=_known(rights),
        token_hash=token_hash(token) if token else None,
        created_at=now,
        paired_at=now if paired else None,
    )
    db.session.add(device)
    db.session.flush()
    audit.record("device", device.id, DeviceVerb.ADDED, gate=gate)
    return device, token


def add_phone(event_id: int, gate: str, rights: Collection[str] = RIGHTS) -> Device:
    """A device that waits for its phone, with a pairing code on offer."""
    device, _ = add_device(event_id, gate, rights, paired=False)
    offer_pairing(device)
    return device


def offer_pairing(device: Device) -> str:
    """A new code that pairs one phone, once, within ten minutes; an older code is void."""
    if device.revoked_at is not None:
        raise NotFound
    device.pairing_nonce = new_token()
    device.pairing_ends_at = clock.now() + PAIRING_LASTS
    code = _code(device.id, device.pairing_nonce)
    device.pairing_hash = token_hash(code)
    db.session.flush()
    audit.record("device", device.id, DeviceVerb.PAIRING_OFFERED)
    return code


def pairing_code(device: Device) -> str | None:
    """The code that is on offer now, to be shown again; None once used or out of time."""
    ends = device.pairing_ends_at
    if device.pairing_nonce is None or ends is None or ends <= clock.now():
        return None
    return _code(device.id, device.pairing_nonce)


def pair(code: str) -> tuple[Device, str]:
    """Use up a pairing code: the device and its new token. An earlier phone's token ends."""
    device = awaiting_pairing(code)
    token = new_token(DEVICE_TOKEN_PREFIX)
    used = db.session.execute(
        update(Device)
        .where(Device.id == device.id, Device.pairing_hash == token_hash(code))
        .values(
            token_hash=token_hash(token),
            pairing_nonce=None,
            pairing_hash=None,
            pairing_ends_at=None,
            paired_at=clock.now(),
            left_at=None,
        )
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]
        raise NotFound
    audit.record("device", device.id, DeviceVerb.PAIRED)
    return device, token


def revoke(device: Device) -> None:
    """End a device at once. What it still has to deliver is kept in quarantine."""
    if device.revoked_at is None:
        device.revoked_at = clock.now()
        device.pairing_nonce = device.pairing_hash = device.pairing_ends_at = None
        device.unlock_nonce = device.unlocked_until = None
        db.session.flush()
        audit.record("device", device.id, DeviceVerb.REVOKED)


def leave(device_id: int) -> None:
    """Those who had the phone unpaired it: from now on it only delivers what waits on it."""
    device = db.session.get_one(Device, device_id)
    if device.left_at is None:
        device.left_at = clock.now()
        device.unlock_nonce = device.unlocked_until = None
        db.session.flush()
        audit.record("device", device.id, DeviceVerb.LEFT)


def change_device(device: Device, gate: str, rights: Collection[str]) -> None:
    """Another gate or other rights; without the right to search the names are locked."""
    if device.revoked_at is not None:
        raise NotFound
    device.gate = gate
    device.rights = _known(rights)
    if "search" not in device.rights:
        device.unlock_nonce = device.unlocked_until = None
    db.session.flush()
    audit.record("device", device.id, DeviceVerb.CHANGED, gate=gate, rights=device.rights)


def unlock_names(device: Device, event: Event) -> str:
    """Let the phone search by name without network until the event ends; the word to type."""
    if device.revoked_at or "search" not in device.rights or event.ends_at <= clock.now():
        raise NoNames
    device.unlock_nonce, device.unlocked_until = new_token(), event.ends_at
    db.session.flush()
    audit.record("device", device.id, DeviceVerb.NAMES_UNLOCKED)
    return _word(device.id, device.unlock_nonce)


def lock_names(device: Device) -> None:
    """No more search by name without network; the phone drops its names at its next contact."""
    device.unlock_nonce = device.unlocked_until = None
    db.session.flush()
    audit.record("device", device.id, DeviceVerb.NAMES_LOCKED)


def names_word(device: Device) -> str | None:
    """The word that opens the names on the phone; None while they are locked."""
    until = device.unlocked_until
    if device.unlock_nonce is None or until is None or until <= clock.now():
        return None
    return _word(device.id, device.unlock_nonce)


def _known(rights: Collection[str]) -> list[str]:
    return [right for right in (*RIGHTS, CHOOSES) if right in rights]


def _word(device_id: int, nonce: str) -> str:
    """Ten letters and digits, as easy to type as a ticket's short code."""
    proof = keyed_hash(purpose_key(NAMES_PURPOSE), f"{device_id}:{nonce}")
    return short_code_of(int(proof, 16))


def _code(device_id: int, nonce: str) -> str:
    return keyed_hash(purpose_key(PURPOSE), f"{device_id}:{nonce}", length=20)
