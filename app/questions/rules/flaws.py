"""One thing that is wrong with a document: where, and the sentence in a form to translate."""

from collections.abc import Iterable, Mapping
from typing import Self


class Flaw(str):
    """Reads as its English sentence; `wording` says it in the reader's language.

    `place` is the field that it stands at, such as `population.event_kind`; a fact may be a flaw
    itself. Commands print it as it is, so it is a string with more to tell.
    """

    place: str
    sentence: str
    facts: Mapping[str, object]

    def __new__(cls, sentence: str, place: str = "", **facts: object) -> Self:
        """`sentence` is marked where it is written."""
        flaw = super().__new__(cls, sentence % facts if facts else sentence)
        flaw.place, flaw.sentence, flaw.facts = place, sentence, facts
        return flaw

    def at(self, place: str) -> "Flaw":
        """The same flaw, standing at a field."""
        return Flaw(self.sentence, place, **self.facts)


def listed(allowed: Iterable[object]) -> str:
    """What is allowed, for the end of a sentence; a dash where there is nothing."""
    return ", ".join(map(str, allowed)) or "–"
