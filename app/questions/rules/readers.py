"""From what a page sent for one question to its answer, or to what is wrong with it."""

import re
from collections.abc import Sequence
from datetime import date
from enum import StrEnum
from typing import Protocol

from app.core.digits import western
from app.questions.rules.answers import Answer, AnswerState, answered

CPR_SHAPED = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)")
GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
# What a page sends for consent given and refused.
CONSENT_VALUES = ("yes", "no")


class Choosable(Protocol):
    """An option as far as reading an answer needs it."""

    @property
    def sent(self) -> str: ...
    @property
    def state(self) -> AnswerState | None: ...
    @property
    def alone(self) -> bool: ...
    @property
    def answer(self) -> Answer: ...


class Readable(Protocol):
    """A question as far as reading an answer needs it."""

    @property
    def options(self) -> Sequence[Choosable]: ...
    @property
    def low(self) -> int | None: ...
    @property
    def high(self) -> int | None: ...
    @property
    def whole(self) -> bool: ...
    @property
    def longest(self) -> int: ...


class Mistake(StrEnum):
    """What is wrong with what was sent."""

    UNANSWERED = "unanswered"
    UNPRINTABLE = "unprintable"
    CHOSE_SEVERAL = "chose_several"
    NOT_ALONE = "not_alone"
    NOT_OFFERED = "not_offered"
    NO_NUMBER = "no_number"
    NOT_WHOLE = "not_whole"
    TOO_LOW = "too_low"
    TOO_HIGH = "too_high"
    NO_DATE = "no_date"
    TOO_LONG = "too_long"
    LIKE_CPR = "like_cpr"
    NO_CONSENT = "no_consent"


class Unreadable(Exception):
    """What was sent is no answer to this question; `bounds` are what it had to keep to."""

    def __init__(self, mistake: Mistake, **bounds: int | None) -> None:
        self.mistake = mistake
        self.bounds = bounds
        super().__init__(mistake)


def read_option(question: Readable, given: list[str]) -> Answer:
    option = _option(question, given[0])
    if len(given) > 1:
        raise Unreadable(Mistake.CHOSE_SEVERAL)
    return option.answer


def read_several(question: Readable, given: list[str]) -> Answer:
    options = [_option(question, text) for text in dict.fromkeys(given)]
    alone = [option for option in options if option.alone or option.state]
    if alone and len(options) > 1:
        raise Unreadable(Mistake.NOT_ALONE)
    if alone and alone[0].state:
        return alone[0].answer
    chosen = {option.sent for option in options}
    return answered(tuple(o.sent for o in question.options if o.sent in chosen))


def _option(question: Readable, sent: str) -> Choosable:
    chosen = next((option for option in question.options if option.sent == sent), None)
    if chosen is None:
        raise Unreadable(Mistake.NOT_OFFERED)
    return chosen


def read_number(question: Readable, given: list[str]) -> Answer:
    text = western(given[0]).replace("\u00a0", "").replace(" ", "")
    if GROUPED.fullmatch(text):
        text = text.replace(".", "")
    text = text.replace(",", ".")
    if not PLAIN.fullmatch(text):
        raise Unreadable(Mistake.NO_NUMBER)
    number = float(text)
    if question.whole and not number.is_integer():
        raise Unreadable(Mistake.NOT_WHOLE)
    _check_bounds(question, number)
    return answered(int(number) if number.is_integer() else number)


def _check_bounds(question: Readable, number: float) -> None:
    if question.low is not None and number < question.low:
        raise Unreadable(Mistake.TOO_LOW, low=question.low)
    if question.high is not None and number > question.high:
        raise Unreadable(Mistake.TOO_HIGH, high=question.high)


def read_date(_question: Readable, given: list[str]) -> Answer:
    try:
        return answered(date.fromisoformat(western(given[0])).isoformat())
    except ValueError:
        raise Unreadable(Mistake.NO_DATE) from None


def read_text(question: Readable, given: list[str]) -> Answer:
    text = given[0].replace("\r\n", "\n")
    if len(text) > question.longest:
        raise Unreadable(Mistake.TOO_LONG, longest=question.longest)
    if CPR_SHAPED.search(western(text)):
        raise Unreadable(Mistake.LIKE_CPR)
    return answered(text)


def read_consent(_question: Readable, given: list[str]) -> Answer:
    if given[0] not in CONSENT_VALUES:
        raise Unreadable(Mistake.NO_CONSENT)
    return answered(given[0])


def read_items(_question: Readable, _given: list[str]) -> Answer:
    """A group itself is not answered: each of its items is read by itself."""
    raise Unreadable(Mistake.NOT_OFFERED)
