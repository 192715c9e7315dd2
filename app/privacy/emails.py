"""The last letter somebody who was erased gets from us."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import force_locale

from app.core import clock, outbox
from app.privacy import wording

# Its row holds the address, so it goes as soon as the letter has left (`jobs`).
RECEIPT = "privacy/receipt"


def receipt(email: str, language: str, parts: Sequence[str]) -> None:
    """Say what was erased, what stays and why: bound to no person, for there is none any more."""
    with force_locale(language):
        gone, staying = wording.gone(parts), wording.staying()
    outbox.post(RECEIPT, to=email, language=language, day=clock.now(), gone=gone, staying=staying)
