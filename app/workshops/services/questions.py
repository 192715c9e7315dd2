"""A workshop's own questions: asked, taken off, answered, forgotten."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from app.core import audit
from app.core.database import db
from app.questions import queries as question_queries
from app.questions.models import AnswerSet
from app.questions.rules.answers import Answer
from app.questions.rules.flow import AnswerPlace
from app.questions.services import publishing, recording
from app.workshops import refusals
from app.workshops.models import Enrolment, Workshop
from app.workshops.queries import places
from app.workshops.rules import questions as rules
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.rules.questions import OwnQuestion
from app.workshops.services import seats


def add_question(event_id: int, own: OwnQuestion) -> None:
    """Ask one more question of whoever enrols from now on."""
    workshop = seats.locked(event_id)
    now = _asked_now(workshop)
    if len(now) >= rules.MOST_QUESTIONS:
        raise refusals.TooManyQuestions(most=rules.MOST_QUESTIONS)
    _publish(workshop, [*now, rules.described(rules.next_code(_codes_ever(event_id)), own)])


def remove_question(event_id: int, code: str) -> None:
    """Ask it no more; what was answered stays with whoever answered."""
    workshop = seats.locked(event_id)
    _publish(workshop, [question for question in _asked_now(workshop) if question["code"] != code])


def copy_questions(from_id: int, to_id: int) -> None:
    """Ask at the second workshop what the first one asks now, under a questionnaire of its own."""
    asked = _asked_now(places.workshop(from_id))
    if asked:
        _publish(seats.locked(to_id), asked)


def keep_answers(enrolment_id: int, version_id: int, given: Mapping[AnswerPlace, Answer]) -> None:
    """Write the answers down, in a fresh set where the questions have changed since."""
    enrolment = db.session.get_one(Enrolment, enrolment_id, with_for_update=True)
    answer_set = (
        db.session.get(AnswerSet, enrolment.answer_set_id) if enrolment.answer_set_id else None
    )
    if answer_set is None or answer_set.version_id != version_id:
        forget_answers(enrolment)
        answer_set = recording.begin_answer_set(version_id, enrolment.language)
        enrolment.answer_set_id = answer_set.id
    recording.record(answer_set, given, question_queries.rows_of(answer_set.id))
    db.session.flush()


def forget_answers(enrolment: Enrolment) -> None:
    """Empty what was written in own words and cut the link; coded answers stay, bound to nobody."""
    if enrolment.answer_set_id is not None:
        recording.empty_free_texts([enrolment.answer_set_id])
        enrolment.answer_set_id = None


def _asked_now(workshop: Workshop) -> list[dict[str, Any]]:
    if workshop.questions_id is None:
        return []
    content: Any = question_queries.version_numbered(workshop.questions_id).content
    return list(content["pages"][0]["questions"])


def _codes_ever(event_id: int) -> set[str]:
    versions = question_queries.versions(rules.key_of(event_id))
    return {
        question.code
        for version in versions
        for question in question_queries.instrument_of(version).questions()
    }


def _publish(workshop: Workshop, asked: Sequence[Mapping[str, Any]]) -> None:
    event_id = workshop.event_id
    number = len(question_queries.versions(rules.key_of(event_id))) + 1
    if asked:
        version = publishing.publish(rules.document(event_id, number, asked))
        workshop.questions_id = version.id
    else:
        workshop.questions_id = None
    audit.record("workshop", event_id, WorkshopVerb.QUESTIONS_SET, count=len(asked))
    db.session.flush()
