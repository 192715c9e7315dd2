"""How people reach the team: in letters, on status pages, where the law asks for it."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app


@dataclass(frozen=True)
class TeamContact:
    """The team's own mail address and phone number; empty where the settings say nothing."""

    mail: str
    phone: str

    @property
    def phone_link(self) -> str:
        """The number as a phone dials it."""
        return "".join(sign for sign in self.phone if sign.isdecimal() or sign == "+")

    @property
    def unset(self) -> list[str]:
        """The settings that are missing."""
        given = {"TORVET_CONTACT_MAIL": self.mail, "TORVET_CONTACT_PHONE": self.phone}
        return [name for name, value in given.items() if not value]


def contact() -> TeamContact:
    """What the settings say."""
    return TeamContact(current_app.config["CONTACT_MAIL"], current_app.config["CONTACT_PHONE"])
