"""The key pair that phones seal waiting codes to: each event's own, made from the secret key."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from functools import lru_cache

from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

from app.core.secrets import purpose_key
from app.devices.rules import sealing
from app.devices.rules.sealing import NotSealed

PURPOSE = "door seals"


def seal_point(event_id: int) -> bytes:
    """What phones seal to: 65 bytes, the same for every phone of the event."""
    return sealing.point_of(_private_key(event_id).public_key())


def opened(event_id: int, sealed: str) -> str:
    """What a phone of this event sealed; raises NotSealed."""
    return sealing.opened(_private_key(event_id), sealed)


def unsealed_all(event_id: int | None, raws: Sequence[object]) -> list[object]:
    """Items with their codes in the open, before the transaction begins: opening takes time.

    What cannot be opened stays as it came. Opened, a scan is the same as one sent in the open.
    """
    return [raw if event_id is None else _unsealed(event_id, raw) for raw in raws]


def _unsealed(event_id: int, raw: object) -> object:
    if not isinstance(raw, dict) or "code" in raw or not isinstance(raw.get("sealed"), str):
        return raw
    try:
        code = opened(event_id, raw["sealed"])
    except NotSealed:
        return raw
    return {name: value for name, value in raw.items() if name != "sealed"} | {"code": code}


def _private_key(event_id: int) -> EllipticCurvePrivateKey:
    # Longer than the order of the curve, so that no private key is likelier than another.
    return _key_of(hmac.digest(purpose_key(PURPOSE), str(event_id).encode(), hashlib.sha512))


_key_of = lru_cache(maxsize=16)(sealing.private_key)
