"""From what a page sent to an answer, or to what is wrong with it."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeAlias

from app.questions.rules.answers import SKIPPED, Answer, answered
from app.questions.rules.flow import AskedQuestion, Place, field_name
from app.questions.rules.instrument import CONSENT_VALUES, Option, Question, QuestionType

Sent: TypeAlias = Sequence[str]

CPR_SHAPED = re.compile(r"(?<!\d)(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{2}[- ]?\d{4}(?!\d)")
UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
GROUPED = re.compile(r"\d{1,3}(\.\d{3})+")
PLAIN = re.compile(r"-?\d{1,15}(\.\d{1,6})?")


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


@dataclass(slots=True)
class Read:
    """What a page's fields said: answers by place, and what is wrong with a field by its name."""

    answers: dict[Place, Answer] = field(default_factory=dict)
    errors: dict[str, Unreadable] = field(default_factory=dict)


def read_page(asked: Sequence[AskedQuestion], sent: Mapping[str, Sent]) -> Read:
    """Read every question of a page; a field that was not sent counts as skipped."""
    page = Read()
    for question in asked:
        for place in question.places:
            name = field_name(place)
            try:
                page.answers[place] = read(question.question, sent.get(name, ()))
            except Unreadable as unreadable:
                page.errors[name] = unreadable
    return page


def read(question: Question, sent: Sent) -> Answer:
    """The answer to one question; raises Unreadable."""
    given = [text.strip() for text in sent if text.strip()]
    if not given:
        if question.required:
            raise Unreadable(Mistake.UNANSWERED)
        return SKIPPED
    if any(UNPRINTABLE.search(text) for text in given):
        raise Unreadable(Mistake.UNPRINTABLE)
    return _READERS[question.type](question, given)


def _read_option(question: Question, given: list[str]) -> Answer:
    option = _option(question, given[0])
    if len(given) > 1:
        raise Unreadable(Mistake.CHOSE_SEVERAL)
    return option.answer


def _read_several(question: Question, given: list[str]) -> Answer:
    options = [_option(question, text) for text in dict.fromkeys(given)]
    alone = [option for option in options if option.alone or option.state]
    if alone and len(options) > 1:
        raise Unreadable(Mistake.NOT_ALONE)
    if alone and alone[0].state:
        return alone[0].answer
    chosen = {option.sent for option in options}
    return answered(tuple(o.sent for o in question.options if o.sent in chosen))


def _option(question: Question, sent: str) -> Option:
    chosen = next((option for option in question.options if option.sent == sent), None)
    if chosen is None:
        raise Unreadable(Mistake.NOT_OFFERED)
    return chosen


def _read_number(question: Question, given: list[str]) -> Answer:
    text = given[0].replace("\u066b", ".").replace("\u00a0", "").replace(" ", "")
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


def _check_bounds(question: Question, number: float) -> None:
    if question.low is not None and number < question.low:
        raise Unreadable(Mistake.TOO_LOW, low=question.low)
    if question.high is not None and number > question.high:
        raise Unreadable(Mistake.TOO_HIGH, high=question.high)


def _read_date(_question: Question, given: list[str]) -> Answer:
    try:
        return answered(date.fromisoformat(given[0]).isoformat())
    except ValueError:
        raise Unreadable(Mistake.NO_DATE) from None


def _read_text(question: Question, given: list[str]) -> Answer:
    text = given[0].replace("\r\n", "\n")
    if len(text) > question.longest:
        raise Unreadable(Mistake.TOO_LONG, longest=question.longest)
    if CPR_SHAPED.search(text):
        raise Unreadable(Mistake.LIKE_CPR)
    return answered(text)


def _read_consent(_question: Question, given: list[str]) -> Answer:
    if given[0] not in CONSENT_VALUES:
        raise Unreadable(Mistake.NO_CONSENT)
    return answered(given[0])


_READERS: Mapping[QuestionType, Callable[[Question, list[str]], Answer]] = {
    QuestionType.CHOICE: _read_option,
    QuestionType.SCALE: _read_option,
    QuestionType.MATRIX: _read_option,
    QuestionType.SEVERAL: _read_several,
    QuestionType.NUMBER: _read_number,
    QuestionType.DATE: _read_date,
    QuestionType.SHORT_TEXT: _read_text,
    QuestionType.LONG_TEXT: _read_text,
    QuestionType.CONSENT: _read_consent,
}
