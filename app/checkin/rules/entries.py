"""An entry of the list on a phone: found and read by the ticket's code alone.

`docs/door-protocol.md` gives the exact bytes. Every secret comes from the code's 64 signature
bytes, never from its id: without the code an entry can be neither found nor opened.
"""

import hashlib
import hmac
from typing import Final, NamedTuple

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from app.devices.rules.encoding import NONCE_BYTES

INDEX_BYTES: Final = 16
PADDED_TO: Final = 64
SLOW_ITERATIONS: Final = 200_000
_SHA256: Final = "sha256"


class Secrets(NamedTuple):
    """Where an entry stands, what opens it, and what its nonce is made with."""

    key: bytes
    entry: bytes
    nonce: bytes


def salt_of(event_id: int) -> bytes:
    """The event as it stands in every code of its tickets."""
    return event_id.to_bytes(4, "big")


def index_of(signature: bytes, event_id: int) -> bytes:
    """Where the entry of a code stands in the list."""
    return _index(_extracted(signature, salt_of(event_id)))


def secrets_of(signature: bytes, event_id: int) -> Secrets:
    """All three secrets of a code."""
    extracted = _extracted(signature, salt_of(event_id))
    return Secrets(
        key=_index(extracted),
        entry=_expanded(extracted, b"entry"),
        nonce=_expanded(extracted, b"nonce"),
    )


def boxed(secrets: Secrets, plain: str) -> bytes:
    """nonce | ciphertext and tag. The same text gives the same box, another text another nonce."""
    content = plain.encode()
    content += b" " * (-len(content) % PADDED_TO)
    nonce = hmac.digest(secrets.nonce, content, _SHA256)[:NONCE_BYTES]
    return nonce + AESGCM(secrets.entry).encrypt(nonce, content, None)


def unboxed(secrets: Secrets, box: bytes) -> str:
    """The text of a box; raises InvalidTag and ValueError."""
    nonce, hidden = box[:NONCE_BYTES], box[NONCE_BYTES:]
    return AESGCM(secrets.entry).decrypt(nonce, hidden, None).decode().rstrip(" ")


def slow_hash(short: str, event_id: int) -> bytes:
    """A short code as a phone looks it up: too slow to try them all."""
    salt = salt_of(event_id)
    return hashlib.pbkdf2_hmac(_SHA256, short.encode(), salt, SLOW_ITERATIONS, INDEX_BYTES)


def word_key(word: str, salt: bytes) -> bytes:
    """The AES-256 key that the lead's word stands for."""
    return hashlib.pbkdf2_hmac(_SHA256, word.encode(), salt, SLOW_ITERATIONS)


def _extracted(signature: bytes, salt: bytes) -> bytes:
    # HKDF (RFC 5869) with SHA-256. Written out: a list has tens of thousands of entries,
    # and each output here fits into one block.
    return hmac.digest(salt, signature, _SHA256)


def _expanded(extracted: bytes, info: bytes) -> bytes:
    return hmac.digest(extracted, info + b"\x01", _SHA256)


def _index(extracted: bytes) -> bytes:
    return _expanded(extracted, b"index")[:INDEX_BYTES]
