"""Marks a sentence for the translators where it is written, in code that reads no language."""

from __future__ import annotations


def marked(sentence: str) -> str:
    """The sentence itself; what shows it puts it into the reader's language."""
    return sentence
