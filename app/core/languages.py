"""The languages of the pages: a new one is a line here and a folder in translations/."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal


@dataclass(frozen=True)
class PageLanguage:
    """A language that pages, forms, letters and the door are written in."""

    # As the menu shows it.
    own_name: str
    # An hour of the day, in Babel's letters.
    hour: str = "HH:mm"
    # The number stands before it; a language with a blank has one that does not break.
    percent: str = "\N{NO-BREAK SPACE}%"
    # What makes a name an owner's: an ending, the letters after which it is another, and that one.
    owned: tuple[str, str, str] = ("", "", "")
    # Whether the plan and the yearly report, which the team alone writes, are in it too.
    in_report: bool = True


LANGUAGES: Final = {
    "da": PageLanguage("Dansk", hour="HH.mm", owned=("s", "sxz", "'")),
    "en": PageLanguage("English", percent="%", owned=("'s", "s", "'")),
    "ar": PageLanguage("العربية", in_report=False),
}
# What staff write first, and what stands where nothing else is written.
DEFAULT: Final = "da"
# What the code says, so that it needs no translation.
SOURCE: Final = "en"

OWN_NAMES: Final = {code: language.own_name for code, language in LANGUAGES.items()}
REPORT_LANGUAGES: Final = tuple(code for code in LANGUAGES if LANGUAGES[code].in_report)

# A field of the machine interface that takes one of them.
if TYPE_CHECKING:
    LanguageCode = str
else:
    LanguageCode = Literal[tuple(LANGUAGES)]


def local_in(texts: Mapping[str, str] | None, language: str) -> str:
    """What was written, in the wanted language, else in Danish, else in English, else in any."""
    if not texts:
        return ""
    several = (texts.get(code) for code in (language, DEFAULT, SOURCE, *sorted(texts)))
    return next(filter(None, several), "")
