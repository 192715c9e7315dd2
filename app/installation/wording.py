"""Whose installation this is, as pages and letters say it: by name, or in common words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from app.core import pictures
from app.core.languages import LANGUAGES
from app.core.pictures import PictureFault
from app.core.texts import Lazy, _l, language, local, starting_large
from app.installation.rules import LogoFacts

Texts = Mapping[str, str]

# What stands where nobody has written a name yet: words that every sentence can take.
COMMON_WORDS: dict[str, Lazy] = {
    "city": _l("the city"),
    "municipality": _l("the municipality"),
    "administration": _l("the administration"),
    "committee": _l("the committee"),
    "team": _l("the integration team"),
}

# Why a file is not taken as the logo, and what to do instead.
LOGO_FAULTS: dict[PictureFault, Lazy] = pictures.PICTURE_FAULTS | {
    PictureFault.TOO_SMALL: _l(
        "The logo is too small: it would be blurred. It takes 80 points one way and 40 the other "
        "at least."
    ),
}


@dataclass(frozen=True)
class TeamContact:
    """How the team is reached; empty where nobody has said so."""

    mail: str = ""
    phone: str = ""
    opening_hours: Texts = field(default_factory=dict)

    @property
    def hours(self) -> str:
        """When somebody answers, in the reader's language."""
        return local(self.opening_hours)

    @property
    def phone_link(self) -> str:
        """The number as a phone dials it."""
        return "".join(sign for sign in self.phone if sign.isdecimal() or sign == "+")

    @property
    def is_missing(self) -> bool:
        """Whether a letter's reader finds no way back, or only one of the two."""
        return not (self.mail and self.phone)


@dataclass(frozen=True)
class Owner:
    """The city and team that run this installation; `stamp` is another after each change."""

    stamp: str = ""
    names: Mapping[str, Texts] = field(default_factory=dict)
    contact: TeamContact = TeamContact()
    logo: LogoFacts | None = None

    def name(self, of: str) -> str:
        """The name of the city, the team …, in the reader's language, else the common word."""
        return local(self.names.get(of)) or str(COMMON_WORDS[of])

    @property
    def city(self) -> str:
        return self.name("city")

    @property
    def municipality(self) -> str:
        return self.name("municipality")

    @property
    def administration(self) -> str:
        return self.name("administration")

    @property
    def committee(self) -> str:
        return self.name("committee")

    @property
    def team(self) -> str:
        return self.name("team")

    @property
    def signature(self) -> str:
        """Whoever writes the letters: the team and its municipality, as far as they have names."""
        return self._joined("team", "municipality")

    @property
    def responsible(self) -> str:
        """Who is responsible for people's data."""
        return self._joined("municipality", "administration")

    def _joined(self, first: str, second: str) -> str:
        named = [name for name in map(local, map(self.names.get, (first, second))) if name]
        return ", ".join(named) or self.name(first)

    def in_texts(self) -> dict[str, str]:
        """What texts name in braces, in the reader's language: {team}, {of_team}, {Team} …"""
        plain = {name: self.name(name) for name in COMMON_WORDS}
        every = plain | {f"of_{name}": of(word) for name, word in plain.items()}
        return every | {starting_large(name): starting_large(word) for name, word in every.items()}


def of(name: str) -> str:
    """The name as an owner's in the reader's language: the team's work."""
    ending, others, other_ending = LANGUAGES[language()].owned
    return name + (other_ending if name[-1:].lower() in {*others} else ending)
