"""A workshop's own questions, and what was answered to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.database import db
from app.events.models import Event
from app.questions import queries as question_queries
from app.questions.rules.answers import Answer
from app.questions.rules.askers import QuestionSet
from app.questions.rules.flow import AskedQuestion, all_pages
from app.questions.rules.instrument import Instrument, Question
from app.questions.rules.storing import sent_by
from app.questions.wording import Sources, Worded, answer_words, say, worded
from app.workshops.models import Enrolment, Workshop
from app.workshops.queries.places import TicketedEnrolment, all_places, listed
from app.workshops.rules import questions as rules
from app.workshops.rules.places import LIVE_STATES
from app.workshops.wording import OWN_QUESTIONS


@dataclass(frozen=True)
class OwnQuestions:
    """The questions a workshop asks now."""

    version_id: int
    instrument: Instrument

    @property
    def asked(self) -> tuple[AskedQuestion, ...]:
        """Every question, all on one page."""
        return tuple(question for page in all_pages(self.instrument, {}) for question in page.asked)

    def worded(self, language: str) -> list[Worded]:
        """The questions in the reader's language."""
        return [worded(question, self.instrument, Sources(), language) for question in self.asked]


def set_of(key: str) -> QuestionSet | None:
    """The set of a key, as the editor needs it; None where there is no such workshop."""
    event_id = rules.whose(key)
    workshop = db.session.get(Workshop, event_id) if event_id else None
    if workshop is None:
        return None
    event = db.session.get_one(Event, workshop.event_id)
    return QuestionSet(
        key=key,
        title=str(OWN_QUESTIONS),
        about=event.title,
        asked_id=workshop.questions_id,
        back="workshops_desk.roster",
        back_values={"slug": event.slug},
    )


def own_questions(workshop: Workshop) -> OwnQuestions | None:
    """What this workshop asks of whoever enrols; None where it asks nothing."""
    if workshop.questions_id is None:
        return None
    version = question_queries.version_numbered(workshop.questions_id)
    return OwnQuestions(version.id, question_queries.instrument_of(version))


def sent_before(enrolment: Enrolment, own: OwnQuestions) -> dict[str, list[str]]:
    """The answers of an enrolment as its page would have sent them."""
    given = _answers(enrolment)
    questions = {question.code: question for question in own.instrument.questions()}
    return {
        code: sent_by(question, given[code])
        for code, question in questions.items()
        if code in given
    }


def told_answers(enrolment: Enrolment, language: str) -> list[tuple[str, str]]:
    """(question, answer) for every answer of an enrolment, as words."""
    if enrolment.answer_set_id is None:
        return []
    instrument = question_queries.instrument_of(
        question_queries.version_of(enrolment.answer_set_id)
    )
    given = _answers(enrolment)
    answered = [
        (say(question.text, language), words_of(question, given[question.code], language))
        for question in instrument.questions()
        if question.code in given
    ]
    return [(question, words) for question, words in answered if words]


def all_answers(event_id: int) -> list[tuple[TicketedEnrolment, dict[str, Answer]]]:
    """Everyone enrolled or waiting with their answers, by name."""
    statement = all_places().where(Enrolment.event_id == event_id, Enrolment.state.in_(LIVE_STATES))
    places = listed(statement.order_by(Enrolment.sort_text, Enrolment.id))
    answers = answers_of_places(places)
    return [(place, answers.get(place.enrolment.id, {})) for place in places]


def answers_of_places(places: Sequence[TicketedEnrolment]) -> dict[int, dict[str, Answer]]:
    """What was answered, by enrolment; those who answered nothing are left out."""
    sets = {
        place.enrolment.answer_set_id: place.enrolment.id
        for place in places
        if place.enrolment.answer_set_id
    }
    answers = question_queries.answers_of(list(sets)) if sets else {}
    return {sets[number]: dict(given.values) for number, given in answers.items()}


def words_of(question: Question, answer: Answer | None, language: str) -> str:
    """An answer in words; nothing where none was given."""
    return answer_words(question, answer.value if answer else None, language)


def _answers(enrolment: Enrolment) -> dict[str, Answer]:
    if enrolment.answer_set_id is None:
        return {}
    return dict(
        question_queries.answers_of([enrolment.answer_set_id])[enrolment.answer_set_id].values
    )
