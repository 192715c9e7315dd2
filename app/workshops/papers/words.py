"""Words as they stand on paper: the day with its hours, and names that no line would hold."""

from __future__ import annotations

import re
import unicodedata

from app.core.numbers import clock_text, weekday_text
from app.core.texts import _
from app.events.models import Event
from app.workshops.queries.places import TicketedEnrolment

# A longer run without a blank or a hyphen is no name; it may be broken at every piece.
LONGEST_WORD = re.compile(r"[^\s-]{25,}")
PIECE = re.compile(r".{12}(?=.)")
BREAK_HERE = "\u200b"
# What has no accent that could be taken off.
SPELLED = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "\u0131": "i"}
)
LONGEST_FILE_NAME = 40


def breakable(text: str) -> str:
    """The text with places to break it where a word is too long for a line."""
    return LONGEST_WORD.sub(lambda word: PIECE.sub(rf"\g<0>{BREAK_HERE}", word[0]), text)


def file_name(place: TicketedEnrolment, ending: str) -> str:
    """A file of a place, told apart from those of others in the same mailbox.

    In letters that every system keeps; a name in another script gives way to the first letters
    of the code that stands on the ticket.
    """
    letters = unicodedata.normalize("NFKD", place.person.name.casefold().translate(SPELLED))
    words = re.findall("[a-z0-9]+", letters.encode("ascii", "ignore").decode())
    name = "-".join(words)[:LONGEST_FILE_NAME].strip("-") or place.ticket.short_code[:4]
    return f"torvet-{name}.{ending}"


def hours(event: Event) -> str:
    """From when to when."""
    return f"{clock_text(event.starts_at)}–{clock_text(event.ends_at)}"


def day_and_hours(event: Event) -> str:
    """The day and from when to when, with the comma of the reader's language."""
    return _("%(day)s, %(hours)s", day=weekday_text(event.starts_at), hours=hours(event))
