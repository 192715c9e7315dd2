"""Loading surveys from data, starting waves and closing them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError
from sqlalchemy import select

from app.core import audit, clock
from app.core.database import db, insert_once
from app.core.refusals import Invalid
from app.core.texts import _l
from app.questions import queries as questions
from app.questions.models import QuestionnaireVersion
from app.questions.services import publishing as questionnaires
from app.surveys import rules
from app.surveys.models import Survey, Wave
from app.surveys.rules import Audience, SurveyVerb


class Setting(BaseModel):
    """The part "survey" of a file: whom a questionnaire is for."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    audience: Audience
    event_kind: str | None = None
    topic: str | None = None
    role: str | None = None
    delay_days: int = Field(default=0, ge=0, le=1000)


def load(document: Any) -> QuestionnaireVersion:
    """Publish a questionnaire, and if its file says whom it is for, keep that as a survey.

    The same file again changes nothing; a new version keeps the survey and its waves."""
    if not isinstance(document, Mapping):
        raise Invalid({"document": _l("The file must hold one JSON object.")})
    content = {key: value for key, value in document.items() if key != "survey"}
    setting = _setting(document["survey"]) if "survey" in document else None
    version = questionnaires.publish(content)
    if setting is not None:
        _keep_survey(str(content["key"]), version.questionnaire_id, setting)
    return version


def _setting(part: Any) -> Setting:
    try:
        return Setting.model_validate(part)
    except ValidationError as error:
        raise Invalid(
            {".".join(map(str, error["loc"])) or "survey": error["msg"] for error in error.errors()}
        ) from None


def _keep_survey(key: str, questionnaire_id: int, setting: Setting) -> None:
    insert_once(
        Survey, key=key, questionnaire_id=questionnaire_id, audience=setting.audience, delay_days=0
    )
    survey = db.session.scalars(select(Survey).where(Survey.key == key)).one()
    survey.audience = setting.audience
    survey.event_kind, survey.topic = setting.event_kind, setting.topic
    survey.role, survey.delay_days = setting.role, setting.delay_days


def start_wave(
    survey: Survey, name: str, from_day: date, to_day: date, closes_on: date | None = None
) -> Wave:
    """Begin to ask everyone whose own date lies within these days, in the newest version."""
    if to_day < from_day:
        raise Invalid({"to_day": _l("The last day cannot lie before the first.")})
    last = closes_on or rules.last_day(to_day, survey.delay_days)
    if last < to_day:
        raise Invalid({"closes_on": _l("The wave cannot close before its last day.")})
    wave = Wave(
        survey_id=survey.id,
        version_id=questions.version(survey.key).id,
        name=name,
        from_day=from_day,
        to_day=to_day,
        closes_on=last,
        started_at=clock.now(),
    )
    db.session.add(wave)
    db.session.flush()
    audit.record("wave", wave.id, SurveyVerb.STARTED, survey=survey.key)
    return wave


def close(wave: Wave) -> bool:
    """Take no more answers; what was planned and not sent stays planned."""
    if wave.closed_at is not None:
        return False
    wave.closed_at = clock.now()
    audit.record("wave", wave.id, SurveyVerb.CLOSED)
    return True
