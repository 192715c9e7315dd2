"""A phone at the door as docs/door-protocol.md describes it, written from that page alone."""

from __future__ import annotations

import base64
import hashlib
import json
import os
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

Entry = dict[str, Any]


def decoded(text: str) -> bytes:
    """base64url without padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def encoded(content: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(content).decode().rstrip("=")


def key_of(code: str) -> str:
    """Where a code's entry stands."""
    return encoded(_derived(code, b"index", 16))


def opened(code: str, entry: Entry) -> Entry:
    """What an entry tells to whom shows its code."""
    box = decoded(entry["box"])
    plain = AESGCM(_derived(code, b"entry", 32)).decrypt(box[:12], box[12:], None)
    assert len(plain) % 64 == 0
    told: Entry = json.loads(plain)
    return told


def short_of(short: str, event_id: int) -> str:
    """A short code as it is looked up without network."""
    salt = event_id.to_bytes(4, "big")
    return encoded(hashlib.pbkdf2_hmac("sha256", short.encode(), salt, 200_000, 16))


def sealed(seal_key: str, text: str) -> str:
    """A text that only the server can read."""
    curve = ec.SECP256R1()
    own = ec.generate_private_key(curve)
    point = own.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
    other = ec.EllipticCurvePublicKey.from_encoded_point(curve, decoded(seal_key))
    shared = own.exchange(ec.ECDH(), other)
    key = HKDF(SHA256(), 32, salt=point, info=b"torvet seal").derive(shared)
    nonce = os.urandom(12)
    return encoded(point + nonce + AESGCM(key).encrypt(nonce, text.encode(), None))


def names(word: str, answer: Entry) -> list[list[Any]]:
    """The names that the lead's word opens."""
    typed = word.lower().replace("-", "").replace(" ", "")
    key = hashlib.pbkdf2_hmac("sha256", typed.encode(), decoded(answer["salt"]), answer["rounds"])
    box = decoded(answer["box"])
    found: list[list[Any]] = json.loads(AESGCM(key).decrypt(box[:12], box[12:], None))
    return found


def _derived(code: str, info: bytes, length: int) -> bytes:
    raw = base64.b32decode(code + "====")
    return HKDF(SHA256(), length, salt=raw[1:5], info=info).derive(raw[13:])
