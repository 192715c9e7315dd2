"""Text folded for search and for "is this the same name", alike on both databases."""

from __future__ import annotations

import unicodedata

# Danish letters are letters of their own, not accented a and o; å may be written aa.
_KEPT = frozenset("æøå")
# Control characters and lone surrogates.
_UNREADABLE = {"Cc", "Cs"}
_ORDER = {"æ": "{", "ø": "|", "å": "}"}


def fold(text: str) -> str:
    """Lower case, accents stripped (æøå kept, aa read as å), spaces collapsed."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    bare = lowered if lowered.isascii() else "".join(_plain(letter) for letter in lowered)
    return " ".join(bare.replace("aa", "å").split())


def printable(text: str) -> str:
    """The text without NUL, other control characters and lone surrogates; lines and tabs stay."""
    readable = "".join(
        c for c in text if c in "\n\r\t" or unicodedata.category(c) not in _UNREADABLE
    )
    return readable.encode("utf-8", "ignore").decode("utf-8")


def sort_key(text: str) -> str:
    """A key that sorts by bytes in Danish order: … z æ ø å."""
    return "".join(_ORDER.get(letter, letter) for letter in fold(text))


def fold_email(address: str) -> str:
    """One address, one spelling: trimmed, lower case, NFC."""
    return unicodedata.normalize("NFC", address).strip().casefold()


def _plain(letter: str) -> str:
    if letter.isascii() or letter in _KEPT:
        return letter
    # Casefolded once more: a mathematical letter becomes a plain capital on the way.
    parts = unicodedata.normalize("NFKD", letter).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))
