"""What a file about somebody's place is called."""

from __future__ import annotations

import re
import unicodedata

from app.workshops.queries.places import TicketedEnrolment

# What has no accent that could be taken off.
SPELLED = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "đ": "d", "ł": "l", "þ": "th", "ð": "d", "\u0131": "i"}
)
LONGEST_FILE_NAME = 40


def file_name(place: TicketedEnrolment, ending: str) -> str:
    """A file of a place, told apart from those of others in the same mailbox.

    In letters that every system keeps; a name in another script gives way to the first letters
    of the code that stands on the ticket.
    """
    letters = unicodedata.normalize("NFKD", place.person.name.casefold().translate(SPELLED))
    words = re.findall("[a-z0-9]+", letters.encode("ascii", "ignore").decode())
    name = "-".join(words)[:LONGEST_FILE_NAME].strip("-") or place.ticket.short_code[:4]
    return f"torvet-{name}.{ending}"
