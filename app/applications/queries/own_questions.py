"""An event's own questions to applicants: what is asked now, and what was asked when answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select

from app.applications.models import Application, RoleQuestions
from app.applications.rules import own_questions as rules
from app.applications.rules.states import Role
from app.applications.wording import OWN_QUESTIONS
from app.core.database import db
from app.events.models import Event
from app.questions import queries as questions
from app.questions.models import QuestionnaireVersion
from app.questions.rules.askers import QuestionSet
from app.questions.rules.flow import AskedQuestion
from app.questions.rules.instrument import Instrument, Question
from app.questions.wording import Sources, Worded, answer_words, say, worded


@dataclass(frozen=True)
class RoleAsks:
    """The own questions of one application."""

    instrument: Instrument
    questions: Sequence[Question]

    def worded(self, language: str) -> list[Worded]:
        """Each in the reader's language."""
        asked = map(AskedQuestion, self.questions)
        return [worded(one, self.instrument, Sources(), language) for one in asked]


def set_of(key: str) -> QuestionSet | None:
    """The set of a key, as the editor needs it; None where no event takes that role."""
    whose = rules.whose(key)
    event = db.session.get(Event, whose[0]) if whose else None
    if whose is None or event is None or not event.has.applications:
        return None
    row = db.session.get(RoleQuestions, whose)
    return QuestionSet(
        key=key,
        title=str(OWN_QUESTIONS[whose[1]]),
        about=event.title,
        asked_id=row.asked_id if row else None,
        back="applications_desk.own_questions",
        back_values={"slug": event.slug},
    )


def sets_of(event_id: int) -> dict[Role, QuestionSet]:
    """The sets of an event that takes applications, by role."""
    found = {role: set_of(rules.key_of(event_id, role)) for role in Role}
    return {role: questions for role, questions in found.items() if questions is not None}


def answered(key: str) -> dict[str, int]:
    """How many have answered each question, sent in or not."""
    whose = rules.whose(key)
    if whose is None:
        return {}
    rows = db.session.execute(
        select(Application.details, Application.draft).where(
            Application.event_id == whose[0], Application.role == whose[1]
        )
    )
    return rules.counted({**details, **(draft or {})} for details, draft in rows)


def asked_now(application: Application) -> RoleAsks | None:
    """What is asked of this applicant now; None where nothing is."""
    if application.asked_id is None:
        return None
    instrument = questions.instrument_of(questions.version_numbered(application.asked_id))
    return RoleAsks(instrument, list(instrument.questions()))


def asked_then(application: Application) -> RoleAsks | None:
    """What was asked when this was answered, in the words of then, those that ended too."""
    version_id = application.questions_id or application.asked_id
    if version_id is None:
        return None
    version = questions.version_numbered(version_id)
    instrument = questions.instrument_of(version)
    put = list(instrument.questions())
    ended = rules.own_answers(application.details).keys() - {one.code for one in put}
    return RoleAsks(instrument, [*put, *_ended(version, ended)] if ended else put)


def load_versions(applications: Sequence[Application]) -> None:
    """Read the versions of many applications at once."""
    numbers = {one.questions_id or one.asked_id for one in applications} - {None}
    if numbers:
        wanted = QuestionnaireVersion.id.in_(numbers)
        db.session.scalars(select(QuestionnaireVersion).where(wanted)).all()


def told_answers(application: Application, language: str) -> dict[str, str]:
    """Every answer to an own question as it reads, sent in or not, by the question."""
    asked = (asked_then(application), asked_now(application))
    known = {one.code: one for own in asked if own for one in own.questions}
    given = rules.own_answers({**application.details, **(application.draft or {})})
    return {
        say(known[code].text, language): answer_words(known[code], value, language)
        for code, value in given.items()
        if code in known
    }


def _ended(version: QuestionnaireVersion, codes: set[str]) -> list[Question]:
    """Questions that this version does not have, in their newest words."""
    known: dict[str, Question] = {}
    for older in questions.versions_beside(version):
        instrument = questions.instrument_of(older)
        known |= {one.code: one for one in instrument.questions() if one.code in codes}
    return [known[code] for code in sorted(known, key=lambda code: int(code[1:]))]
