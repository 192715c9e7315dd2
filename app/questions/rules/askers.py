"""What the editor must be told by whoever asks: which questions, who answered, what asks them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class QuestionSet:
    """One questionnaire that staff edit, as its asker tells of it."""

    key: str
    title: str
    # What it belongs to, in the languages it has: an event, or nothing.
    about: Mapping[str, str]
    # The version that is asked now; None where nothing is.
    asked_id: int | None
    # The endpoint of the page that leads here, and what its address takes.
    back: str
    back_values: Mapping[str, str]
    # Whether all questions stand on one page; else each has its own.
    one_page: bool = True
    # What stands around the questions before anything was written.
    begins_as: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Asker:
    """A capability that asks questions, handed in by create_app."""

    # The set of that key; None where it is another's, or there is none.
    find: Callable[[str], QuestionSet | None]
    # How many answered each question, by its code, in any version.
    answered: Callable[[str], Mapping[str, int]]
    # Ask this version from now on; None: nothing.
    ask: Callable[[str, int | None], None]
