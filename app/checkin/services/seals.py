"""The key pair that phones seal waiting codes to: each event's own, made from the secret key."""

from __future__ import annotations

import hashlib
import hmac

from app.checkin.rules import sealing
from app.core.secrets import purpose_key

PURPOSE = "door seals"


def seal_point(event_id: int) -> bytes:
    """What phones seal to: 65 bytes, the same for every phone of the event."""
    return sealing.point_of(sealing.private_key(_seed(event_id)).public_key())


def opened(event_id: int, sealed: str) -> str:
    """What a phone of this event sealed; raises NotSealed."""
    return sealing.opened(sealing.private_key(_seed(event_id)), sealed)


def _seed(event_id: int) -> bytes:
    # Longer than the order of the curve, so that no private key is likelier than another.
    return hmac.digest(purpose_key(PURPOSE), str(event_id).encode(), hashlib.sha512)
