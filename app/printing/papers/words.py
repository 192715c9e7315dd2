"""Words as they stand on paper: the day with its hours, and names that no line would hold."""

from __future__ import annotations

import re

from app.core.numbers import clock_text, weekday_text
from app.core.texts import _
from app.events.models import Event

# A longer run without a blank or a hyphen is no name; it may be broken at every piece.
LONGEST_WORD = re.compile(r"[^\s-]{25,}")
PIECE = re.compile(r".{12}(?=.)")
BREAK_HERE = "\u200b"


def breakable(text: str) -> str:
    """The text with places to break it where a word is too long for a line."""
    return LONGEST_WORD.sub(lambda word: PIECE.sub(rf"\g<0>{BREAK_HERE}", word[0]), text)


def hours(event: Event) -> str:
    """From when to when."""
    return f"{clock_text(event.starts_at)}–{clock_text(event.ends_at)}"


def day_and_hours(event: Event) -> str:
    """The day and from when to when, with the comma of the reader's language."""
    return _("%(day)s, %(hours)s", day=weekday_text(event.starts_at), hours=hours(event))
