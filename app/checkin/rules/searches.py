"""How much a phone may search by name: enough for a help desk, too little to copy the list."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from app.core.folding import asked_words, printable

# Seconds; what was searched is counted by such windows.
WINDOW: Final = 600
# Two letters find a page of names, whoever is looked for: 60 such searches, 200 of three letters or
# 3,000 of more within a window.
MOST_SPENT: Final = 3_000
SHORT: Final = 2
_COSTS: Final = {0: 50, 1: 50, SHORT: 50, 3: 15}


def window_of(now: datetime) -> int:
    """The beginning of the window, in seconds since 1970."""
    return int(now.timestamp()) // WINDOW * WINDOW


def is_short(text: str) -> bool:
    """Whether no word of a search has more than two letters."""
    return _longest(text) <= SHORT


def cost_of(text: str) -> int:
    """What a search takes of the phone's allowance."""
    return _COSTS.get(_longest(text), 1)


def _longest(text: str) -> int:
    return max((len(word) for word in asked_words(printable(text))), default=0)
