"""Text folded: one key for "is this the same name", a second for search, a third for order."""

from __future__ import annotations

import re
import unicodedata

# Danish letters are letters of their own, not accented a and o; å may be written aa.
_KEPT = frozenset("æøå")
# Control characters and lone surrogates.
_UNREADABLE = {"Cc", "Cs"}

# What follows is written once more in static/js/checkin/name_words.js; both are run over
# tests/core/names.json.
#
# Signs that bind two parts of a name, seen or unseen: hyphens, apostrophes in every shape, the
# joiners of Persian names. One may leave them out, or begin to read after them.
_BINDING = (
    "\\-\u2010-\u2015\u2043\u2212\u05be\ufe58\ufe63\uff0d"
    "'`\u00b4\u02b9-\u02bf\u02c8\u2018-\u201b\u2032\u2035\u055a\u05f3\uff07\u200c\u200d"
)
_BINDINGS = re.compile(f"[{_BINDING}]+")
# Brackets, quotation marks and the like: nobody is called so.
_APART = re.compile(
    '[\\s"(),/;<>\\[\\]{|}\u00ab\u00bb\u00b7\u060c\u061b\u201c-\u201f\u2039\u203a]+'
)
# Accents and vowel signs that may be left out, by script, and what is not seen at all. The marks
# of Tamil, Thai and their like are no accents: they stay.
_MARKS = re.compile(
    "[\u00ad\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf-\u05c7\u0610-\u061a\u0640\u064b-\u065f"
    "\u0670\u06d6-\u06ed\u061c\u180e\u1ab0-\u1aff\u1dc0-\u1dff\u200b\u200e\u200f\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f\ufeff]+"
)
# Letters that no decomposition takes apart, as they are typed by who has not got them.
_TYPED = str.maketrans(
    {
        **{"æ": "ae", "ø": "o", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d", "đ": "d", "ł": "l"},
        **{"\u0131": "i", "ħ": "h", "ŧ": "t", "ŋ": "n", "ĸ": "k", "ə": "a", "ɓ": "b", "ɗ": "d"},
        **{"ƙ": "k", "ƴ": "y", "ɖ": "d", "ɛ": "e", "ɔ": "o", "ɨ": "i", "ʉ": "u", "ς": "\u03c3"},
        # Arabic letters that are written for one another, all to heh, yeh, kaf and alef; no hamza.
        **dict.fromkeys("\u0629\u06c1\u06be\u06d5", "\u0647"),
        **dict.fromkeys("\u0649\u06cc\u06d2", "\u064a"),
        **{"\u06a9": "\u0643", "\u0671": "\u0627", "\u0621": ""},
    }
)
# å is written aa, ø oe, ü ue, đ dj: two letters are read as the first of them, so that each way of
# writing is found by each other, and the beginning of the one by the beginning of the other.
_PAIRS = re.compile("a[ae]+|oe+|ue+|dj+")
_ARABIC_ARTICLE = "\u0627\u0644"
_ARTICLES = frozenset({"al", "el", _ARABIC_ARTICLE})
# An article in what is asked for counts for nothing beside so many letters of the name.
_TELLING = 2

# Letters by their place in the Danish alphabet, beyond z in bytes.
_PLACED = str.maketrans(
    {"æ": "{", "ä": "{", "ø": "|", "ö": "|", "ő": "|", "œ": "|", "å": "}", "ü": "y", "ű": "y"}
)


def fold(text: str) -> str:
    """Who is the same: lower case, accents stripped (æøå kept, aa read as å), spaces collapsed."""
    lowered = unicodedata.normalize("NFC", text).casefold()
    bare = lowered if lowered.isascii() else "".join(_plain(letter) for letter in lowered)
    return " ".join(bare.replace("aa", "å").split())


def printable(text: str) -> str:
    """The text without NUL, other control characters and lone surrogates; lines and tabs stay."""
    readable = "".join(
        c for c in text if c in "\n\r\t" or unicodedata.category(c) not in _UNREADABLE
    )
    return readable.encode("utf-8", "ignore").decode("utf-8")


def fold_email(address: str) -> str:
    """One address, one spelling: trimmed, lower case, NFC."""
    return unicodedata.normalize("NFC", address).strip().casefold()


def typed(text: str) -> str:
    """As one types it who has plain letters alone: no accent, one hyphen for all that binds."""
    bound = _BINDINGS.sub("-", _APART.sub(" ", text.lower()))
    if not bound.isascii():
        # Lower case once more: a mathematical letter becomes a plain capital on the way.
        parts = unicodedata.normalize("NFKD", bound).lower()
        bare = _MARKS.sub("", parts).translate(_TYPED)
        # What was taken apart may hold a blank or a bracket of its own.
        bound = _BINDINGS.sub("-", _APART.sub(" ", bare))
    return " ".join(bound.split())


def name_words(name: str) -> list[str]:
    """What a name is found by: each part of it, together with what is bound to its end."""
    words = []
    for group in typed(name).split():
        parts = _parts(group)
        words += [_root("".join(parts[place:])) for place in range(len(parts))]
    return list(dict.fromkeys(words))


def leading_words(name: str, most: int) -> list[str]:
    """Of a long name's words so many as are found each by itself: the first, and the last."""
    words = name_words(name)
    return words if len(words) <= most else [*words[: most - 1], words[-1]]


def asked_words(text: str) -> list[str]:
    """What each word of a name must begin with, of what somebody typed to find it."""
    words: list[str] = []
    for group in typed(text).split():
        parts = _parts(group)
        if len(parts[-1]) >= _TELLING:
            parts = [part for part in parts[:-1] if part not in _ARTICLES] + parts[-1:]
        words += map(_root, parts)
    return list(dict.fromkeys(words))


def is_named(name: str, text: str) -> bool:
    """Whether each word of the text begins a part of the name."""
    words = name_words(name)
    asked = asked_words(text)
    return bool(asked) and all(any(word.startswith(one) for word in words) for one in asked)


def is_named_so(name: str, text: str) -> bool:
    """The same to the letter: whoever is called Joe stands before all Johns."""
    parts = spelled_parts(name)
    return all(any(part.startswith(one) for part in parts) for one in spelled_parts(text))


def spelled_parts(name: str) -> list[str]:
    """The parts of a name to the letter."""
    return [part for group in typed(name).split() for part in _parts(group)]


def search_text(name: str, *more: str) -> str:
    """All that is looked through for parts of words: a name and what else is known."""
    others = typed(" ".join(more)).split()
    # As typed too: within a word two letters may be what is asked for, "ela" in Michaela.
    words = [*name_words(name), *map(_root, others), *typed(name).split(), *others]
    return " ".join(dict.fromkeys(words))


def sort_key(text: str) -> str:
    """A key that sorts by bytes in Danish order: … z æ ø å, and aa as å."""
    lowered = " ".join(_APART.sub(" ", unicodedata.normalize("NFC", text).lower()).split())
    bound = _BINDINGS.sub("-", lowered)
    if bound.isascii() and "aa" not in bound:
        return bound
    placed = "".join(map(_placed, bound.replace("aa", "å")))
    # Å before Aa, and y before ü, where nothing else tells two names apart.
    return f"{placed}\t{bound.replace('aa', 'åa')}"


def _parts(group: str) -> list[str]:
    """What a hyphen, an apostrophe or the Arabic article parts."""
    parts = []
    for part in group.split("-"):
        rest = part.removeprefix(_ARABIC_ARTICLE)
        parts += [_ARABIC_ARTICLE, rest] if rest and rest != part else [part]
    return [part for part in parts if part] or [group]


def _root(word: str) -> str:
    return _PAIRS.sub(lambda pair: pair[0][0], word)


def _placed(letter: str) -> str:
    if letter.isascii():
        return letter
    placed = letter.translate(_PLACED)
    return placed if placed != letter else typed(letter)


def _plain(letter: str) -> str:
    if letter.isascii() or letter in _KEPT:
        return letter
    # Casefolded once more: a mathematical letter becomes a plain capital on the way.
    parts = unicodedata.normalize("NFKD", letter).casefold()
    return "".join(part for part in parts if not unicodedata.combining(part))
