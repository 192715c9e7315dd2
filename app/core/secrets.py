"""Keys of this installation, each for one purpose, made from the secret key."""

from __future__ import annotations

from flask import current_app

from app.core.signing import derive_key


def purpose_key(purpose: str) -> bytes:
    """32 bytes for one purpose."""
    keys: dict[str, bytes] = current_app.extensions.setdefault("purpose_keys", {})
    if purpose not in keys:
        keys[purpose] = derive_key(current_app.config["SECRET_KEY"], purpose)
    return keys[purpose]


def wrapping_key() -> bytes:
    """The key under which the events' private keys are sealed."""
    return purpose_key("event keys")
