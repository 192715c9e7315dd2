"""The words of a question, with earlier answers and goals piped in, and of what is no answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from app.core.languages import DEFAULT
from app.core.texts import Lazy, _, _l, local
from app.questions.rules.answers import Answers
from app.questions.rules.conditions import Condition
from app.questions.rules.drafts import Described
from app.questions.rules.flaws import Flaw
from app.questions.rules.flow import AskedQuestion, field_name
from app.questions.rules.instrument import (
    Instrument,
    Option,
    Pipe,
    Question,
    Translations,
)
from app.questions.rules.readers import Mistake, Unreadable
from app.questions.rules.showing import AnswerBox, boxes, ticked_by
from app.questions.rules.soundness import PLACEHOLDER
from app.questions.rules.types import QuestionType

KIND_NAMES: Mapping[QuestionType, Lazy] = {
    QuestionType.SHORT_TEXT: _l("A line of text"),
    QuestionType.LONG_TEXT: _l("A longer text"),
    QuestionType.CHOICE: _l("One of several choices"),
    QuestionType.SEVERAL: _l("Any number of choices"),
    QuestionType.SCALE: _l("A scale"),
    QuestionType.MATRIX: _l("Several lines on one scale"),
    QuestionType.NUMBER: _l("A whole number"),
    QuestionType.DATE: _l("A date"),
    QuestionType.CONSENT: _l("Yes or no"),
    QuestionType.GROUP: _l("The same questions about each of several things"),
}
FIXED: Mapping[str, Lazy] = {"yes": _l("Yes"), "no": _l("No")}

LONGEST_PIPED = 300
# Unicode isolates: piped words keep their own direction within the sentence.
ISOLATE, END_ISOLATE = "\u2068", "\u2069"

MISTAKES: Mapping[Mistake, Lazy] = {
    Mistake.UNANSWERED: _l("Answer this question to go on."),
    Mistake.UNPRINTABLE: _l("The text holds characters that cannot be shown. Write it again."),
    Mistake.CHOSE_SEVERAL: _l("Choose only one answer."),
    Mistake.NOT_ALONE: _l("The last answer cannot be combined with others. Choose again."),
    Mistake.NOT_OFFERED: _l("Choose one of the answers shown."),
    Mistake.NO_NUMBER: _l("Write a number, for instance 25."),
    Mistake.NOT_WHOLE: _l("Write a whole number, for instance 25."),
    Mistake.TOO_LOW: _l("The number must be at least %(low)s."),
    Mistake.TOO_HIGH: _l("The number can be at most %(high)s."),
    Mistake.NO_DATE: _l("Write a date, for instance 2026-05-31."),
    Mistake.TOO_LONG: _l("Write at most %(longest)s characters."),
    Mistake.LIKE_CPR: _l("This looks like a CPR number. Take it out: we never ask for it."),
    Mistake.NO_CONSENT: _l("Answer yes or no."),
}


@dataclass(frozen=True, slots=True)
class Sources:
    """What can be piped: earlier answers, and the person's own items such as goals.

    `items` is keyed by what a group goes over; a word that may not be shown is None."""

    answers: Answers = field(default_factory=Answers)
    items: Mapping[str, Sequence[Mapping[str, str | None]]] = field(default_factory=dict)

    def counts(self) -> dict[str, int]:
        """How many items the person has of each sort."""
        return {name: len(items) for name, items in self.items.items()}


def say(texts: Translations, language: str) -> str:
    """The text in the language, else in Danish."""
    return texts.get(language) or texts[DEFAULT]


def language_of(question: Question, language: str) -> str:
    """The one language a question is shown in: whole in the wanted one, else whole in Danish."""
    texts = [question.text, *(option.label for option in question.options)]
    texts += [row.text for row in question.rows]
    texts += [question.hint] if question.hint else []
    return language if all(language in text for text in texts) else DEFAULT


@dataclass(frozen=True, slots=True)
class Worded:
    """A question as it is put to one reader: every word of it in one language."""

    asked: AskedQuestion
    language: str
    text: str
    hint: str
    options: tuple[tuple[str, str], ...]
    rows: tuple[tuple[str, str], ...]


def worded(
    asked: AskedQuestion, instrument: Instrument, sources: Sources, reader_language: str
) -> Worded:
    """The question in the wanted language if all of it is there, else all in Danish.

    `options` are (what is sent, label); `rows` are (field name, text) of a matrix."""
    question = asked.question
    language = language_of(question, reader_language)
    return Worded(
        asked,
        language,
        question_text(asked, instrument, sources, language),
        say(question.hint, language) if question.hint else "",
        tuple((option.sent, say(option.label, language)) for option in question.options),
        tuple(
            (field_name((row.code, asked.item)), say(row.text, language)) for row in question.rows
        ),
    )


def question_text(
    asked: AskedQuestion, instrument: Instrument, sources: Sources, language: str
) -> str:
    """The question with every placeholder filled."""
    question = asked.question

    def fill(name: str) -> str:
        pipe = question.pipes[name]
        words = _item_words(pipe, asked, sources) or _answer_words(
            pipe, instrument, sources, language
        )
        if words:
            return f"{ISOLATE}{words}{END_ISOLATE}"
        return say(pipe.fallback, language).replace("{n}", str(asked.item))

    return PLACEHOLDER.sub(lambda match: fill(match[1]), say(question.text, language))


def _item_words(pipe: Pipe, asked: AskedQuestion, sources: Sources) -> str:
    if pipe.item is None or asked.group is None:
        return ""
    items = sources.items.get(str(asked.group.over), ())
    mine = items[asked.item - 1] if asked.item <= len(items) else {}
    return _shortened(mine.get(pipe.item) or "")


def _answer_words(pipe: Pipe, instrument: Instrument, sources: Sources, language: str) -> str:
    answer = sources.answers.values.get(pipe.answer or "")
    if answer is None or answer.value is None:
        return ""
    options = options_of(instrument, str(pipe.answer))
    chosen = answer.value if isinstance(answer.value, tuple) else (str(answer.value),)
    labels = {option.sent: say(option.label, language) for option in options}
    return _shortened(", ".join(labels.get(value, value) for value in chosen))


def options_of(instrument: Instrument, code: str) -> tuple[Option, ...]:
    """What can be chosen where answers of this code are given."""
    holders = [part for question in instrument.questions() for part in (question, *question.items)]
    return next(
        (holder.options for holder in holders if code in holder.codes and not holder.items), ()
    )


def _shortened(words: str) -> str:
    clean = " ".join(words.split())
    return clean if len(clean) <= LONGEST_PIPED else f"{clean[:LONGEST_PIPED].rstrip()}…"


def box_words(box: AnswerBox) -> str:
    """An answer to an earlier question that another one may wait for."""
    question = local(box.question["text"])
    if box.value is None:
        return _("“%(question)s”: anything at all", question=question)
    options = box.question.get("options", ())
    labels = {option.get("value"): local(option["label"]) for option in options}
    answer = labels.get(box.value) or str(FIXED.get(str(box.value), box.value))
    return _("“%(question)s”: %(answer)s", question=question, answer=answer)


def condition_words(condition: Condition, earlier: Sequence[Described]) -> list[str]:
    """The answers that a question waits for, one each; nothing where boxes cannot say them."""
    ticked = ticked_by(condition) or []
    return [box_words(box) for box in boxes(earlier) if box.name in ticked]


def answer_words(question: Question, given: object, language: str) -> str:
    """An answer as a reader reads it: the words of the choices, not their codes."""
    if given is None:
        return ""
    chosen = given if isinstance(given, list | tuple) else (given,)
    labels = {option.sent: say(option.label, language) for option in question.options}
    fixed = {value: str(FIXED[value]) for value in question.traits.fixed_values}
    known = labels | fixed
    return ", ".join(known.get(str(value), str(value)) for value in chosen)


def mistake_text(unreadable: Unreadable) -> str:
    """What is wrong with an answer and what would be right, in the reader's language."""
    text = str(MISTAKES[unreadable.mistake])
    return text % unreadable.bounds if unreadable.bounds else text


def flaw_words(flaw: Flaw) -> str:
    """What is wrong with a document, in the reader's language."""
    facts = {
        name: flaw_words(fact) if isinstance(fact, Flaw) else fact
        for name, fact in flaw.facts.items()
    }
    return _(flaw.sentence, **facts)
