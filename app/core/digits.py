"""Digits of any script read as 0–9, and numbers shown left to right among words of any language."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from markupsafe import Markup

# Around a code, phone or CVR number within a text: what stands inside keeps its own direction.
ISOLATE, END = "\u2066", "\u2069"
_ISOLATED = re.compile(f"{ISOLATE}([^{ISOLATE}{END}]*){END}")
# Marks of direction come along unseen when a number is copied; an Arabic keyboard has its own
# signs for decimals and thousands.
_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_SIGNS = str.maketrans({"\u066b": ",", "\u066c": "", **dict.fromkeys(_DIRECTIONS, "")})
_MAIL = re.compile(r"[^\s@<>]+@[^\s@<>]+")
_NUMBER = re.compile(r"\+?[0-9][0-9 -]{3,}(?: x[0-9]{1,6})?")


def western(text: str) -> str:
    """The text with the digits of any script as 0–9, as one would have typed them here."""
    if text.isascii():
        return text
    return "".join(map(_western_digit, text.translate(_SIGNS)))


def isolated(text: str) -> str:
    """A number for plain text, which Arabic words beside it cannot turn round."""
    return f"{ISOLATE}{text}{END}"


def left_to_right(text: object) -> Markup | str:
    """A number or a mail address for a page; nothing stays nothing.

    Too long for its line, an address goes on with what follows the name rather than within a word.
    """
    if text is None or text == "":
        return ""
    name, at, host = str(text).partition("@")
    shown = Markup("{}<wbr>{}{}").format(name, at, host) if at else text
    return Markup('<bdi dir="ltr">{}</bdi>').format(shown)


def dialled(number: str | None) -> str:
    """The address that calls a kept number, with its extension (RFC 3966)."""
    return f"tel:{number or ''}".replace(" x", ";ext=")


def number_left_to_right(value: Any) -> Any:
    """A phone or CVR number or a mail address among the values of a page; else as it came."""
    if isinstance(value, str) and (_NUMBER.fullmatch(value) or _MAIL.fullmatch(value)):
        return left_to_right(value)
    return value


def spelled_for_pages(html: str) -> str:
    """Isolated numbers of a letter as elements, which leave nothing unseen when they are copied."""
    return _ISOLATED.sub(r'<bdi dir="ltr">\1</bdi>', html)


def bare(text: str) -> str:
    """The text without the signs around isolated numbers: all words run left to right anyway."""
    return _ISOLATED.sub(r"\1", text)


def _western_digit(sign: str) -> str:
    value = unicodedata.decimal(sign, None)
    return sign if value is None else str(value)
