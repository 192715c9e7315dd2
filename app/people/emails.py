"""The letter with the sign-in link."""

from __future__ import annotations

from app.core import outbox
from app.core.addresses import link_to


def sign_in_link(email: str, token: str, digits: str, language: str) -> None:
    """One link to press, six digits for another device."""
    outbox.post(
        "people/sign_in",
        to=email,
        language=language,
        link=link_to("people.link", token=token),
        digits=digits,
    )
