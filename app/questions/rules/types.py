"""The types of questions, each described once: what is chosen or written, read and compared."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from app.questions.rules import readers
from app.questions.rules.answers import Answer
from app.questions.rules.readers import CONSENT_VALUES, Readable

LINE, PARAGRAPHS = 200, 4000


class QuestionType(StrEnum):
    """How a question is asked and what its answer looks like."""

    CHOICE = "choice"
    SEVERAL = "several"
    SCALE = "scale"
    MATRIX = "matrix"
    NUMBER = "number"
    DATE = "date"
    SHORT_TEXT = "short_text"
    LONG_TEXT = "long_text"
    CONSENT = "consent"
    GROUP = "group"


class FieldKind(StrEnum):
    """What a page shows for it."""

    BUTTONS = "buttons"
    TICKS = "ticks"
    DATE = "date"
    NUMBER = "number"
    LINE = "line"
    LINES = "lines"
    PARTS = "parts"


@dataclass(frozen=True, slots=True)
class Traits:
    """All that a type decides."""

    # What a condition may compare: the kind of a Domain.
    kind: str
    field: FieldKind
    read: Callable[[Readable, list[str]], Answer]
    has_options: bool = False
    # Whether the values of its options are numbers in an order; else they are codes.
    counts: bool = False
    # Values that need no options in the questionnaire.
    fixed_values: tuple[str, ...] = ()
    # The most characters of an answer in the respondent's own words; 0 where there are none.
    longest: int = 0
    has_rows: bool = False
    has_items: bool = False

    @property
    def takes_several(self) -> bool:
        """Whether an answer may hold several values."""
        return self.field is FieldKind.TICKS

    @property
    def is_plain(self) -> bool:
        """Whether it is one question with one answer, and may stand in a group."""
        return not (self.has_rows or self.has_items)


TRAITS: Mapping[QuestionType, Traits] = {
    QuestionType.CHOICE: Traits("choice", FieldKind.BUTTONS, readers.read_option, has_options=True),
    QuestionType.SEVERAL: Traits(
        "several", FieldKind.TICKS, readers.read_several, has_options=True
    ),
    QuestionType.SCALE: Traits(
        "scale", FieldKind.BUTTONS, readers.read_option, has_options=True, counts=True
    ),
    QuestionType.MATRIX: Traits(
        "scale", FieldKind.PARTS, readers.read_option, has_options=True, counts=True, has_rows=True
    ),
    QuestionType.NUMBER: Traits("number", FieldKind.NUMBER, readers.read_number),
    QuestionType.DATE: Traits("date", FieldKind.DATE, readers.read_date),
    QuestionType.SHORT_TEXT: Traits("text", FieldKind.LINE, readers.read_text, longest=LINE),
    QuestionType.LONG_TEXT: Traits("text", FieldKind.LINES, readers.read_text, longest=PARAGRAPHS),
    QuestionType.CONSENT: Traits(
        "choice", FieldKind.BUTTONS, readers.read_consent, fixed_values=CONSENT_VALUES
    ),
    QuestionType.GROUP: Traits("group", FieldKind.PARTS, readers.read_items, has_items=True),
}
