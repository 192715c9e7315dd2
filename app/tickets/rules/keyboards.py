"""What a hand scanner's keys become under another keyboard layout than its own, and back.

Such a scanner is a keyboard with American keys; the phone or computer says what each key means.
static/js/checkin/keyboards.js has the same rules; tests/checkin/test_reading.py holds them alike.
"""

from __future__ import annotations

import re
from typing import Final

# Under German, Swiss, Czech, Hungarian keys, and under French and Belgian ones whose digits come
# from the number pad. Danish, Norwegian, Swedish and Finnish keys leave letters and digits alone.
QWERTZ: Final = str.maketrans("YZyz", "ZYzy")
AZERTY: Final = str.maketrans("AQZWaqzw?,", "QAWZqawzMm")
LAYOUTS: Final = (QWERTZ, AZERTY)
# What the dash of a short code becomes tells the layout of its letters, for two of them.
_LAYOUT_BY_DASH: Final = {"ß": QWERTZ, ")": AZERTY}
_HALF: Final = 5
_WHOLE_CODE: Final = 124
_OF_CODES: Final = re.compile(r"[A-Za-z2-7]*")
_OF_SHORTS: Final = re.compile(r"[A-Za-z0-9]*")
_SIGN: Final = re.compile(r"[!-/:-@\[-`{-~]")
_BLANK: Final = re.compile(r"[\t-\r ]")


def under_layouts(text: str) -> list[str]:
    """What the scanner may have read where this was typed: the text itself first, each once."""
    return list(dict.fromkeys([text, *(text.translate(layout) for layout in LAYOUTS)]))


def without_dash(text: str) -> str:
    """A short code without the one sign that stands for its dash, its letters put back."""
    if len(text) != 2 * _HALF + 1 or _OF_SHORTS.fullmatch(text[_HALF]):
        return text
    layout = _LAYOUT_BY_DASH.get(text[_HALF])
    letters = text[:_HALF] + text[_HALF + 1 :]
    return letters.translate(layout) if layout else letters


def is_mark(signs: str) -> bool:
    """Whether three signs are the /T/ before a code: its strokes become any one sign."""
    if len(signs) != 3 or signs[0] != signs[2] or signs[1] not in "Tt":
        return False
    return " " < signs[0] < "\ud800" and not _OF_SHORTS.fullmatch(signs[0])


def is_garbled(text: str) -> bool:
    """Whether a ticket's code seems to have been typed under a layout that changes its digits.

    Where an address came whole, the layout is right and it is no code of ours.
    """
    if _BLANK.search(text) or ("://" in text and text.isascii()):
        return False
    if len(text) >= _WHOLE_CODE:
        return not _OF_CODES.fullmatch(text[-_WHOLE_CODE:])
    if len(text) != 2 * _HALF + 1 or not _SIGN.fullmatch(text[_HALF]):
        return False
    return not _OF_SHORTS.fullmatch(text[:_HALF] + text[_HALF + 1 :])
