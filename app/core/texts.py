"""Sentences in the reader's language: ours by gettext, the staff's by their own columns."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from flask_babel import get_locale, gettext, lazy_gettext, ngettext
from flask_babel.speaklater import LazyString as Lazy

from app.core.languages import DEFAULT, local_in

__all__ = ["Lazy", "_", "_l", "_n", "language", "local", "starting_large"]

_: Callable[..., str] = gettext
_n: Callable[..., str] = ngettext


def _l(message: str, **facts: object) -> Lazy:
    """A sentence translated when it is shown, not when it is written."""
    return lazy_gettext(message, **facts)


def language() -> str:
    """The reader's language as its two letters; Danish where nobody reads (a command)."""
    locale = get_locale()
    return str(locale.language) if locale else DEFAULT


def local(texts: Mapping[str, str] | None) -> str:
    """What was written, in the reader's language, else in Danish, in English, in any."""
    return local_in(texts, language())


def starting_large(words: str) -> str:
    """The words as they begin a sentence."""
    return words[:1].upper() + words[1:]
