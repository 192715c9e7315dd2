"""The questionnaires of surveys in the one editor: a published version is that of later waves."""

from __future__ import annotations

from sqlalchemy import select

from app.core import audit
from app.core.database import db
from app.core.languages import DEFAULT
from app.questions import queries as questionnaires
from app.questions.rules.askers import Asker, QuestionSet
from app.surveys.models import Survey
from app.surveys.rules import SurveyVerb


def set_of(key: str) -> QuestionSet | None:
    """The set of a survey's key; None where there is no such survey."""
    survey = db.session.scalar(select(Survey).where(Survey.key == key))
    if survey is None:
        return None
    newest = questionnaires.version(key)
    title = questionnaires.instrument_of(newest).title
    return QuestionSet(
        key=key,
        title=title[DEFAULT],
        about=title,
        asked_id=newest.id,
        back="surveys_desk.survey",
        back_values={"key": key},
        one_page=False,
    )


def ask(key: str, version_id: int | None) -> None:
    """Note it: a wave asks in the version that was newest when it was started."""
    survey = db.session.scalar(select(Survey).where(Survey.key == key))
    if survey is not None:
        audit.record("survey", survey.id, SurveyVerb.PUBLISHED, version=version_id)


RESPONDENTS = Asker(find=set_of, answered=questionnaires.answered, ask=ask)
