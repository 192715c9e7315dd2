"""Codes that wait on a phone: sealed to the server, so that not even the phone can read them."""

from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from app.devices.rules.encoding import NONCE_BYTES, from_text

POINT_BYTES: Final = 65
LONGEST_SEALED: Final = 4000
INFO: Final = b"torvet seal"
_CURVE: Final = ec.SECP256R1()
_ORDER: Final = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551


class NotSealed(ValueError):
    """The text was not sealed to this key."""


def private_key(seed: bytes) -> ec.EllipticCurvePrivateKey:
    """The key pair that a long seed stands for: always the same one."""
    return ec.derive_private_key(int.from_bytes(seed, "big") % (_ORDER - 1) + 1, _CURVE)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """The 65 bytes of an uncompressed point."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def opened(private: ec.EllipticCurvePrivateKey, sealed: str) -> str:
    """What was sealed; raises NotSealed."""
    if len(sealed) > LONGEST_SEALED:
        raise NotSealed("too long")
    try:
        content = from_text(sealed)
        point, nonce = content[:POINT_BYTES], content[POINT_BYTES:][:NONCE_BYTES]
        stranger = ec.EllipticCurvePublicKey.from_encoded_point(_CURVE, point)
        shared = private.exchange(ec.ECDH(), stranger)
        hidden = content[POINT_BYTES + NONCE_BYTES :]
        return AESGCM(_key(shared, point)).decrypt(nonce, hidden, None).decode()
    except (ValueError, InvalidTag) as wrong:
        raise NotSealed("not sealed to this key") from wrong


def _key(shared: bytes, point: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=point, info=INFO).derive(shared)
