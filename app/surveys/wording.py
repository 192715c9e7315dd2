"""What those who are asked are called, and how far an invitation came."""

from collections.abc import Mapping, Sequence

from app.core.texts import Lazy, _l
from app.questions.rules.answers import Answer, Answers, Item
from app.questions.rules.instrument import Instrument, Question
from app.questions.rules.soundness import PLACEHOLDER
from app.questions.wording import say
from app.surveys.rules import Audience, Disposition

AUDIENCE_NAMES: Mapping[Audience, Lazy] = {
    Audience.ATTENDANCE: _l("Those who came"),
    Audience.ENROLMENTS: _l("Those enrolled"),
    Audience.ORGANISATIONS: _l("Accepted organisations"),
    Audience.ADVISORY: _l("Recipients of advice"),
    Audience.OPEN: _l("Entered from paper or a panel"),
}
DISPOSITION_NAMES: Mapping[Disposition, Lazy] = {
    Disposition.PLANNED: _l("Planned, not sent"),
    Disposition.SENT: _l("Sent, nothing heard"),
    Disposition.BOUNCED: _l("Mail came back"),
    Disposition.OPENED: _l("Begun, no answers"),
    Disposition.PARTIAL: _l("Partly answered"),
    Disposition.COMPLETE: _l("Answered"),
    Disposition.REFUSED: _l("Said no, thank you"),
}


def answers_in_words(instrument: Instrument, answers: Answers, language: str) -> dict[str, object]:
    """Each question with its answer as they read; without what was not asked or passed over."""
    told: dict[str, object] = {}
    for question in instrument.questions():
        if question.traits.has_items:
            items = answers.items(question.code)
            words = [_item_in_words(question.items, item, language) for item in items]
            told[_asked(question, question.text, language)] = [item for item in words if item]
        else:
            told |= _item_in_words([question], answers.values, language)
    return told


def _item_in_words(questions: Sequence[Question], item: Item, language: str) -> dict[str, str]:
    told = {}
    for question in questions:
        lines = [(row.code, row.text) for row in question.rows]
        for code, text in lines or [(question.code, question.text)]:
            words = _answered(question, item.get(code), language)
            if words:
                told[_asked(question, text, language)] = words
    return told


def _asked(question: Question, text: dict[str, str], language: str) -> str:
    """The question as it reads to somebody whose own words do not stand in it."""
    return PLACEHOLDER.sub(
        lambda match: say(question.pipes[match[1]].fallback, language).replace(" {n}", ""),
        say(text, language),
    )


def _answered(question: Question, answer: Answer | None, language: str) -> str:
    if answer is None:
        return ""
    labels = {option.sent: say(option.label, language) for option in question.options}
    if answer.value is None:
        return labels.get(f"-{answer.state}", "")
    chosen = answer.value if isinstance(answer.value, tuple) else (answer.value,)
    return ", ".join(labels.get(str(value), str(value)) for value in chosen)
