"""A workshop's own questions: asked, copied with it, answered, forgotten."""

from __future__ import annotations

from collections.abc import Mapping

from app.core import audit
from app.core.database import db
from app.questions import queries as question_queries
from app.questions.models import AnswerSet
from app.questions.rules.answers import Answer
from app.questions.rules.askers import Asker
from app.questions.rules.flow import AnswerPlace
from app.questions.services import editing, recording
from app.workshops.models import Enrolment
from app.workshops.queries import questions
from app.workshops.rules import questions as rules
from app.workshops.rules.audited import WorkshopVerb
from app.workshops.services import seats


def ask(key: str, version_id: int | None) -> None:
    """Ask this version of whoever enrols from now on."""
    event_id = rules.whose(key)
    if event_id is not None:
        seats.locked(event_id).questions_id = version_id
        audit.record("workshop", event_id, WorkshopVerb.QUESTIONS_SET)
        db.session.flush()


def copy_questions(from_id: int, to_id: int) -> None:
    """Ask at the second workshop what the first one asks now, under a questionnaire of its own."""
    source, target = (questions.set_of(rules.key_of(one)) for one in (from_id, to_id))
    if source is not None and target is not None:
        seats.locked(to_id).questions_id = editing.copy(source, target)
        db.session.flush()


def drop_questions(event_id: int) -> None:
    """Those of a workshop that nobody outside has met."""
    editing.drop(rules.key_of(event_id))


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


PARTICIPANTS = Asker(find=questions.set_of, answered=question_queries.answered, ask=ask)
