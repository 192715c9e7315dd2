"""From what a page sent to an answer, or to what is wrong with it."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from app.questions.rules.answers import SKIPPED, Answer, Answers
from app.questions.rules.conditions import evaluate
from app.questions.rules.flow import AnswerPlace, AskedQuestion, field_name
from app.questions.rules.instrument import Question
from app.questions.rules.readers import Mistake, Unreadable

Sent: TypeAlias = Sequence[str]

UNPRINTABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")


@dataclass(slots=True)
class Read:
    """What a page's fields said: answers by place, and what is wrong with a field by its name."""

    answers: dict[AnswerPlace, Answer] = field(default_factory=dict)
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


def put(asked: Sequence[AskedQuestion], sent: Mapping[str, Sent]) -> list[AskedQuestion]:
    """Those questions of a page that are put, by what the same page says of the ones before."""
    met: list[AskedQuestion] = []
    answers: dict[str, Answer] = {}
    for question in asked:
        condition = question.question.ask_if
        if condition is None or evaluate(condition, Answers(answers)) is True:
            met.append(question)
            given = read_page([question], sent).answers
            answers |= {code: answer for (code, _item), answer in given.items()}
    return met


def read(question: Question, sent: Sent) -> Answer:
    """The answer to one question; raises Unreadable."""
    given = [text.strip() for text in sent if text.strip()]
    if not given:
        if question.required:
            raise Unreadable(Mistake.UNANSWERED)
        return SKIPPED
    if any(UNPRINTABLE.search(text) for text in given):
        raise Unreadable(Mistake.UNPRINTABLE)
    return question.traits.read(question, given)
