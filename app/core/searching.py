"""What the desk types to find somebody, as a condition on a column of folded text."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, and_, true

from app.core.folding import asked_words, printable

# A database takes no pattern of any length, and nobody is called more than this.
LONGEST_SEARCH = 100


def holds(column: Any, text: str) -> ColumnElement[bool]:
    """Whether the column (`folding.search_text`) holds each of the words, wherever in a word."""
    words = asked_words(printable(text[:LONGEST_SEARCH]))
    return and_(true(), *[column.contains(word, autoescape=True) for word in words])
