"""One respondent at one questionnaire: who was asked what, and the words to pipe in."""

import base64
import hashlib
import hmac
import re
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, select

from app.core import clock, owner
from app.core.database import db
from app.core.refusals import NotFound, Refusal, WayOn
from app.core.secrets import purpose_key
from app.core.texts import _l
from app.core.tokens import token_hash
from app.events.models import Event
from app.installation.queries import STAMP
from app.people.models import Person
from app.questions import queries as questions
from app.questions.models import AnswerSet, QuestionnaireVersion
from app.questions.rules.flow import AnswerPlace
from app.questions.rules.instrument import Instrument
from app.questions.rules.storing import Stored, gathered
from app.questions.wording import Sources
from app.surveys.models import Invitation, Response, Survey, Wave
from app.surveys.queries.resting import rests
from app.surveys.rules import LinkStanding, is_over, standing
from app.workshops.models import Enrolment, Goal

TOKEN_BYTES = 24
APART = "."
_NUMBER = re.compile("[0-9a-f]{1,15}|[1-7][0-9a-f]{15}")


class NoSuchInvitation(NotFound):
    """The link leads to no invitation."""

    sentence = _l(
        "This link does not lead to a survey. Perhaps it was cut short: "
        "copy the whole link from the mail."
    )


class SurveyLinkReplaced(Refusal):
    """The link went to an address that was wrong."""

    status = 410
    ways = (WayOn(_l("Get a link to your own page"), "people.send_links"),)
    sentence = _l(
        "This link was replaced, because the mail address was corrected. Your own page has the "
        "new one."
    )


@dataclass
class Respondent:
    """An invitation with its wave and questionnaire, and the answer set once it is begun."""

    invitation: Invitation
    wave: Wave
    survey: Survey
    version: QuestionnaireVersion
    answer_set: AnswerSet | None
    # The link number of whoever was asked, now.
    link_number: int | None
    # What is asked about counts as not held any more.
    rests: bool

    @property
    def begun(self) -> AnswerSet:
        """The answers of a respondent who has begun."""
        if self.answer_set is None:
            raise ValueError("The questionnaire has not been begun.")
        return self.answer_set

    @property
    def standing(self) -> LinkStanding:
        """What its link shows now."""
        over = is_over(self.wave.closes_on, clock.now()) or self.wave.closed_at is not None
        return standing(
            self.invitation.disposition, over, self.answer_set is not None, rests=self.rests
        )

    @property
    def asks_about_goals(self) -> bool:
        """Whether it shows a person's own goals."""
        return any(question.over == "goals" for question in self.instrument.questions())

    @property
    def instrument(self) -> Instrument:
        return questions.instrument_of(self.version)


def token_of(invitation_id: int, link_number: int = 0) -> str:
    """The secret part of a person's link: 192 bits from the id and the secret key.

    Where the person's address was corrected it holds how often, after the invitation's number.
    """
    if not link_number:
        return _proof(str(invitation_id))
    return f"{invitation_id:x}{APART}{_proof(f'{invitation_id}:{link_number}')}"


def _proof(named: str) -> str:
    mac = hmac.new(purpose_key("survey invitations"), named.encode(), hashlib.sha256).digest()
    return base64.urlsafe_b64encode(mac[:TOKEN_BYTES]).decode()


def respondent(token: str, lock: bool = False) -> Respondent:
    """What a personal link leads to, locked where it is to change; raises NoSuchInvitation.

    A link that went to an address the person does not have any more raises SurveyLinkReplaced.
    """
    number = token.partition(APART)[0] if APART in token else ""
    which = Invitation.token_hash == token_hash(token)
    if _NUMBER.fullmatch(number):
        which = (Invitation.id == int(number, 16)) & Invitation.token_hash.is_not(None)
    respondent = _respondent(which, lock)
    if respondent is None:
        raise NoSuchInvitation
    if not _is_present(token, respondent):
        raise SurveyLinkReplaced
    return respondent


def _is_present(token: str, respondent: Respondent) -> bool:
    present = token_of(respondent.invitation.id, respondent.link_number or 0)
    return hmac.compare_digest(token.encode(), present.encode())


def respondent_of(invitation_id: int) -> Respondent:
    """The same by the invitation's number, locked to change it."""
    respondent = _respondent(Invitation.id == invitation_id, lock=True)
    if respondent is None:
        raise NoSuchInvitation
    return respondent


def _respondent(which: ColumnElement[bool], lock: bool = False) -> Respondent | None:
    statement = (
        select(
            Invitation,
            Wave,
            Survey,
            QuestionnaireVersion,
            AnswerSet,
            Person.link_number,
            rests(),
            STAMP,
        )
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(Survey, Survey.id == Wave.survey_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Wave.version_id)
        .outerjoin(Person, Person.id == Invitation.person_id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .outerjoin(AnswerSet, AnswerSet.id == Response.answer_set_id)
        .where(which)
    )
    if lock:
        statement = statement.with_for_update(of=Invitation)
    row = db.session.execute(statement).first()
    if row is None:
        return None
    *told, owner_stamp = row
    owner.note(owner_stamp)
    return Respondent(*told)


def sources(respondent: Respondent, rows: Mapping[AnswerPlace, Stored]) -> Sources:
    """What can be piped: the answers so far, and the goals if they may be shown again."""
    return Sources(gathered(respondent.instrument, rows), {"goals": _goals(respondent)})


def _goals(respondent: Respondent) -> list[Mapping[str, str | None]]:
    if not respondent.asks_about_goals or respondent.invitation.person_id is None:
        return []
    goals = db.session.execute(
        select(Goal.text, Enrolment.show_goals)
        .join(Enrolment, Enrolment.id == Goal.enrolment_id)
        .where(
            Enrolment.person_id == respondent.invitation.person_id,
            Enrolment.event_id == respondent.invitation.event_id,
        )
        .order_by(Enrolment.id, Goal.number)
    )
    return [{"goal": text if shown else None} for text, shown in goals]


def answer_set_of(invitation_id: int) -> AnswerSet | None:
    """The answer set of an invitation, once it is begun."""
    return db.session.scalar(
        select(AnswerSet)
        .join(Response, Response.answer_set_id == AnswerSet.id)
        .where(Response.invitation_id == invitation_id)
    )


def rows_of(respondent: Respondent) -> dict[AnswerPlace, Stored]:
    """What stands in the answer set; nothing before it is begun."""
    return questions.rows_of(respondent.answer_set.id) if respondent.answer_set else {}


@dataclass(frozen=True)
class LetterFacts:
    """What an invitation's letter says."""

    invitation: Invitation
    wave: Wave
    person: Person
    instrument: Instrument
    event: Event | None


def letter_facts(invitation_id: int) -> LetterFacts | None:
    """For the worker, the invitation's row locked; None if the person is gone."""
    row = db.session.execute(
        select(Invitation, Wave, Person, QuestionnaireVersion, Event)
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(Person, Person.id == Invitation.person_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Wave.version_id)
        .outerjoin(Event, Event.id == Invitation.event_id)
        .where(Invitation.id == invitation_id, Person.email.is_not(None))
        .with_for_update(of=Invitation)
    ).first()
    if row is None:
        return None
    invitation, wave, person, version, event = row
    return LetterFacts(invitation, wave, person, questions.instrument_of(version), event)
