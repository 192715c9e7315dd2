"""Random secrets, the hashes kept of them, and short codes people can type."""

from __future__ import annotations

import hashlib
import secrets

# No 0/o and 1/i/l: they are confused when read aloud or from a wet ticket.
SHORT_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"
SHORT_LENGTH = 10


def new_token(prefix: str = "") -> str:
    """192 random bits, safe in a URL; the prefix tells the kinds of bearer apart."""
    return prefix + secrets.token_urlsafe(24)


def token_hash(token: str) -> bytes:
    """What we store of a token: 32 bytes from which it cannot be had back."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).digest()


def random_id() -> int:
    """A positive 63-bit number nobody can guess the neighbour of."""
    return secrets.randbits(63) or 1


def short_code() -> str:
    """Ten characters out of 31 (49 bits), for typing by hand."""
    return short_code_of(secrets.randbelow(len(SHORT_ALPHABET) ** SHORT_LENGTH))


def short_code_of(number: int) -> str:
    """The ten characters that stand for a number; of a larger one its end counts."""
    letters = []
    for _ in range(SHORT_LENGTH):
        number, place = divmod(number, len(SHORT_ALPHABET))
        letters.append(SHORT_ALPHABET[place])
    return "".join(letters)


def six_digits() -> str:
    """A sign-in code for another device; short, so guesses at it are limited."""
    return f"{secrets.randbelow(1_000_000):06d}"
