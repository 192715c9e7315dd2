"""How an answer stands in a row, how it is read back, and how a page sends it."""

from collections.abc import Mapping
from typing import NamedTuple

from app.questions.rules.answers import Answer, Answers, AnswerState, answered
from app.questions.rules.flow import AnswerPlace
from app.questions.rules.instrument import Instrument, Question

MARK = "|"


class Stored(NamedTuple):
    """The three columns an answer takes."""

    state: AnswerState
    number: float | None
    text: str | None


def stored(answer: Answer) -> Stored:
    """The columns for an answer."""
    value = answer.value
    if value is None:
        return Stored(answer.state, None, None)
    if isinstance(value, tuple):
        return Stored(answer.state, None, f"{MARK}{MARK.join(value)}{MARK}")
    if isinstance(value, str):
        return Stored(answer.state, None, value)
    return Stored(answer.state, float(value), None)


def restored(row: Stored, several: bool = False) -> Answer:
    """The answer that was stored; `several` says that its question takes several choices."""
    if row.number is not None:
        return answered(int(row.number) if row.number.is_integer() else row.number)
    if row.text is None:
        return Answer(AnswerState(row.state))
    return answered(tuple(row.text.strip(MARK).split(MARK)) if several else row.text)


def gathered(instrument: Instrument, rows: Mapping[AnswerPlace, Stored]) -> Answers:
    """All answers of one answer set, those of groups as lists in the order of their items."""
    several = {q.code for q in instrument.questions() if q.traits.takes_several}
    groups = {code: q.code for q in instrument.questions() if q.items for code in q.codes}
    values: dict[str, Answer] = {}
    items: dict[str, dict[int, dict[str, Answer]]] = {}
    for (code, item), row in rows.items():
        if item and code in groups:
            items.setdefault(groups[code], {}).setdefault(item, {})[code] = restored(row)
        else:
            values[code] = restored(row, code in several)
    return Answers(values, {group: _in_order(numbered) for group, numbered in items.items()})


def _in_order(items: Mapping[int, Mapping[str, Answer]]) -> list[Mapping[str, Answer]]:
    return [items.get(number, {}) for number in range(1, max(items) + 1)]


def sent_by(question: Question, answer: Answer) -> list[str]:
    """What a page would have sent for this answer; nothing for skipped and not asked."""
    if answer.state in (AnswerState.DONT_KNOW, AnswerState.NOT_RELEVANT):
        return [option.sent for option in question.options if option.state == answer.state]
    if answer.value is None:
        return []
    if isinstance(answer.value, tuple):
        return list(answer.value)
    return [str(answer.value)]


def free_text_codes(instrument: Instrument) -> list[str]:
    """The codes whose answers are in the person's own words."""
    parts = [part for question in instrument.questions() for part in (question, *question.items)]
    return [part.code for part in parts if part.traits.longest]
