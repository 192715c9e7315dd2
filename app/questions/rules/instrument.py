"""One version of a questionnaire as data: pages of questions, read from JSON and never changed."""

from collections.abc import Iterator
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, model_validator

from app.core.languages import DEFAULT
from app.questions.rules.answers import Answer, AnswerState
from app.questions.rules.conditions import Condition
from app.questions.rules.types import TRAITS, QuestionType, Traits
from app.questions.rules.vocabulary import Domain, Vocabulary

Code = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}$")]
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2}$")]
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000, strip_whitespace=True)]
Translations = dict[Language, Words]


class InstrumentPart(BaseModel):
    """Frozen, and strict about what it is made of."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Option(InstrumentPart):
    """One thing to choose: a value, or a state such as don't know; `alone` excludes the others."""

    label: Translations
    value: Annotated[int, Field(strict=True)] | Code | None = None
    state: AnswerState | None = None
    alone: bool = False

    @model_validator(mode="after")
    def _is_value_or_state(self) -> Self:
        if (self.value is None) == (self.state is None):
            raise ValueError("an option has either a value or a state")
        if self.state not in (None, AnswerState.DONT_KNOW, AnswerState.NOT_RELEVANT):
            raise ValueError("an option's state is dont_know or not_relevant")
        return self

    @property
    def sent(self) -> str:
        """What a page sends when this is chosen; a state cannot be mistaken for a value."""
        return f"-{self.state}" if self.state else str(self.value)

    @property
    def answer(self) -> Answer:
        """The answer one gives by choosing only this."""
        return Answer(self.state or AnswerState.ANSWERED, self.value)


class Pipe(InstrumentPart):
    """Where a placeholder's words come from, and what stands there when they are missing."""

    fallback: Translations
    answer: Code | None = None
    item: Code | None = None

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if (self.answer is None) == (self.item is None):
            raise ValueError("a pipe takes its words from either an answer or an item")
        return self


class MatrixRow(InstrumentPart):
    """One line of a matrix: a scale question of its own."""

    code: Code
    text: Translations


class Question(InstrumentPart):
    """One question; which of the optional parts it has depends on its type."""

    code: Code
    type: QuestionType
    text: Translations
    hint: Translations = {}
    options: tuple[Option, ...] = ()
    rows: tuple[MatrixRow, ...] = ()
    items: tuple["Question", ...] = ()
    over: Code | None = None
    pipes: dict[Code, Pipe] = {}
    ask_if: dict[str, Any] | None = None
    end_if: dict[str, Any] | None = None
    required: bool = False
    low: int | None = None
    high: int | None = None
    whole: bool = True

    @property
    def traits(self) -> Traits:
        """All that its type decides."""
        return TRAITS[self.type]

    @property
    def domain(self) -> Domain:
        """Which values its answer can take."""
        values = [option.value for option in self.options if option.value is not None]
        known = frozenset(values or self.traits.fixed_values)
        return Domain(self.traits.kind, known or None)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes its answers are kept under: its rows' for a matrix, its items' for a group."""
        if self.traits.has_rows:
            return tuple(row.code for row in self.rows)
        if self.traits.has_items:
            return tuple(code for item in self.items for code in item.codes)
        return (self.code,)

    @property
    def longest(self) -> int:
        """The most characters its text may have."""
        return self.traits.longest

    def conditions(self) -> Iterator[Condition]:
        """The conditions it depends on."""
        yield from (condition for condition in (self.ask_if, self.end_if) if condition is not None)


class Page(InstrumentPart):
    """What is shown at once: one question, or a small group that belongs together."""

    questions: Annotated[tuple[Question, ...], Field(min_length=1)]


class Instrument(InstrumentPart):
    """A whole questionnaire in one version; `languages` are those it is written in.

    `scales` are options that several questions share: a question may give a scale's name as its
    options in the JSON, and has the options themselves when read."""

    key: Code
    version: Annotated[int, Field(ge=1)]
    languages: tuple[Language, ...] = (DEFAULT,)
    title: Translations
    intro: Translations
    thanks: Translations
    scales: dict[Code, tuple[Option, ...]] = {}
    pages: Annotated[tuple[Page, ...], Field(min_length=1)]

    def questions(self) -> Iterator[Question]:
        """All questions in their order; a group counts as one."""
        for page in self.pages:
            yield from page.questions

    def question(self, code: str) -> Question:
        """The question, matrix or group of this code."""
        return next(question for question in self.questions() if question.code == code)

    def vocabulary(self) -> Vocabulary:
        """What a condition may say about the answers to this version."""
        plain = [question for question in self.questions() if not question.traits.has_items]
        groups = [question for question in self.questions() if question.traits.has_items]
        return Vocabulary(
            {code: question.domain for question in plain for code in question.codes},
            {group.code: {item.code: item.domain for item in group.items} for group in groups},
        )
