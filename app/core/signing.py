"""Keys from the secret key, event key pairs, and short proofs that we wrote something."""

from __future__ import annotations

import hmac
import os

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import (
    Ed25519PrivateKey,
    Ed25519PublicKey,
)
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

NONCE_BYTES = 12


def derive_key(secret: str, purpose: str, length: int = 32) -> bytes:
    """A key for one purpose (HKDF-SHA256): knowing it tells nothing of the others."""
    kdf = HKDF(algorithm=SHA256(), length=length, salt=b"torvet", info=purpose.encode())
    return kdf.derive(secret.encode())


def new_key_pair(wrapping_key: bytes) -> tuple[bytes, bytes]:
    """(public key, 32 bytes; private key sealed with AES-GCM under the wrapping key)."""
    private = Ed25519PrivateKey.generate()
    return private.public_key().public_bytes_raw(), seal(wrapping_key, private.private_bytes_raw())


def sign(wrapping_key: bytes, sealed_private: bytes, message: bytes) -> bytes:
    """64 bytes of Ed25519 signature; deterministic."""
    return opened_private_key(wrapping_key, sealed_private).sign(message)


def opened_private_key(wrapping_key: bytes, sealed_private: bytes) -> Ed25519PrivateKey:
    """The private key itself, for signing many messages in one go."""
    return Ed25519PrivateKey.from_private_bytes(unseal(wrapping_key, sealed_private))


def is_signed(public_key: bytes, signature: bytes, message: bytes) -> bool:
    """Whether the message was signed by the holder of the key pair."""
    try:
        Ed25519PublicKey.from_public_bytes(public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def seal(key: bytes, content: bytes) -> bytes:
    """nonce | ciphertext and tag (AES-GCM)."""
    nonce = os.urandom(NONCE_BYTES)
    return nonce + AESGCM(key).encrypt(nonce, content, None)


def unseal(key: bytes, sealed: bytes) -> bytes:
    """What was sealed; raises cryptography's InvalidTag on another key or a changed byte."""
    return AESGCM(key).decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], None)


def keyed_hash(key: bytes, text: str, length: int = 16) -> str:
    """Hexadecimal HMAC-SHA256 of the text, cut to `length` bytes."""
    return hmac.digest(key, text.encode(), "sha256")[:length].hex()


def same(given: str, expected: str) -> bool:
    """Comparison whose time tells nothing."""
    return hmac.compare_digest(given.encode(), expected.encode())
