"""Answering by a personal link, saying no, entering paper, and forgetting a person."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from sqlalchemy import select, update

from app.core import clock, outbox
from app.core.database import db
from app.core.languages import DEFAULT
from app.core.refusals import Invalid, Refusal
from app.core.texts import _l
from app.people.models import Person
from app.questions import queries as questions
from app.questions.models import AnswerSet, QuestionnaireVersion
from app.questions.rules.answers import Answer
from app.questions.rules.flow import AnswerPlace, Counts, field_name, next_page, page_after, route
from app.questions.rules.instrument import Instrument
from app.questions.rules.parsing import Sent as SentField
from app.questions.rules.parsing import read_page
from app.questions.rules.storing import Stored, gathered
from app.questions.services import recording as answer_sets
from app.questions.wording import mistake_text
from app.surveys import rules
from app.surveys.models import Invitation, Response, Wave
from app.surveys.queries import respondents
from app.surveys.queries.answer_pages import AnswerPage
from app.surveys.queries.respondents import Respondent
from app.surveys.rules import Disposition

# What a page or a demo sends: by field name, as forms do.
Sent: TypeAlias = Mapping[str, SentField]
GIVEN_UP = frozenset({Disposition.REFUSED, Disposition.BOUNCED, Disposition.SENT})


class WaveClosed(Refusal):
    """Too late."""

    status = 410
    sentence = _l(
        "This survey is closed. Thank you for wanting to answer. "
        "Your link works no more, and you need do nothing."
    )


class SurveyRests(Refusal):
    """What it asks about counts as not held."""

    status = 410
    sentence = _l(
        "This survey rests: the team no longer counts as held what it asks about. You need do "
        "nothing. If it is asked again, your link works again."
    )


class AlreadyAnswered(Refusal):
    """One complete response each."""

    sentence = _l("This survey has been answered with this link. There is no more to do.")


def begin(respondent: Respondent, language: str | None = None) -> None:
    """Open the questionnaire: the first thing a person sends. Whoever said no may change it."""
    _check_open(respondent.wave)
    if respondent.rests:
        raise SurveyRests
    invitation = respondent.invitation
    if invitation.disposition == Disposition.COMPLETE:
        raise AlreadyAnswered
    if respondent.answer_set is None:
        # Under the row's lock: another tap may have begun it since the invitation was read.
        respondent.answer_set = respondents.answer_set_of(invitation.id)
    if respondent.answer_set is None:
        _, respondent.answer_set = _add_response(
            respondent.wave, language or invitation.language, invitation.id
        )
        invitation.disposition = Disposition.OPENED
    elif invitation.disposition in GIVEN_UP:
        begun = bool(questions.rows_of(respondent.answer_set.id))
        invitation.disposition = Disposition.PARTIAL if begun else Disposition.OPENED


def save(
    respondent: Respondent, answer_page: AnswerPage, given: Mapping[AnswerPlace, Answer]
) -> str | None:
    """Keep one page's answers; the key of the page after it, None when all is handed in."""
    begin(respondent)
    rows, counts = dict(answer_page.rows), answer_page.sources.counts()
    answer_sets.record(respondent.begun, given, rows)
    respondent.invitation.disposition = Disposition.PARTIAL
    way = route(respondent.instrument, counts, gathered(respondent.instrument, rows))
    following = page_after(way, answer_page.page.key) or next_page(way, rows.keys())
    if following is None:
        _hand_in(respondent, counts, rows)
    return following.key if following else None


def answer_all(invitation_id: int, sent: Sent, whole: bool = True) -> None:
    """Answer page after page as a person would; unless `whole`, up to the first page untouched."""
    respondent = respondents.respondent_of(invitation_id)
    begin(respondent)
    rows = respondents.rows_of(respondent)
    counts = respondents.sources(respondent, rows).counts()
    if _fill(respondent.begun, respondent.instrument, Filling(sent, counts, whole), rows):
        _hand_in(respondent, counts, rows)
    else:
        respondent.invitation.disposition = Disposition.PARTIAL


def enter(wave: Wave, sent: Sent, language: str = DEFAULT) -> Response:
    """Enter the answers of someone who was not invited: from paper, or from a panel."""
    _check_open(wave)
    instrument = questions.instrument_of(db.session.get_one(QuestionnaireVersion, wave.version_id))
    response, answer_set = _add_response(wave, language, None)
    rows: dict[AnswerPlace, Stored] = {}
    _fill(answer_set, instrument, Filling(sent, {}, True), rows)
    answer_sets.complete(answer_set, instrument, {}, rows)
    return response


def refuse(respondent: Respondent) -> None:
    """No, thank you: no more letters. What was answered so far stays as it is."""
    if respondent.invitation.disposition == Disposition.COMPLETE:
        raise AlreadyAnswered
    respondent.invitation.disposition = Disposition.REFUSED
    _call_back_letter(respondent.invitation)


def forget(person: Person) -> None:
    """Cut the links and empty free texts; coded answers stay, bound to event and wave only."""
    theirs = select(Invitation.id).where(Invitation.person_id == person.id)
    answer_set_ids = db.session.scalars(
        select(Response.answer_set_id).where(Response.invitation_id.in_(theirs))
    ).all()
    answer_sets.empty_free_texts(answer_set_ids)
    db.session.execute(
        update(Invitation)
        .where(Invitation.person_id == person.id)
        .values(person_id=None, token_hash=None, task_id=None, letter_id=None)
    )


@dataclass(frozen=True)
class Filling:
    """What someone answered, by field name, and how many items they have of each sort."""

    sent: Sent
    counts: Counts
    whole: bool


def _fill(
    answer_set: AnswerSet, instrument: Instrument, filling: Filling, rows: dict[AnswerPlace, Stored]
) -> bool:
    """Go the way page by page; whether it came to its end."""
    while page := next_page(
        route(instrument, filling.counts, gathered(instrument, rows)), rows.keys()
    ):
        names = {field_name(place) for place in page.places}
        if not filling.whole and names.isdisjoint(filling.sent):
            return False
        read = read_page(page.asked, filling.sent)
        if read.errors:
            raise Invalid({name: mistake_text(error) for name, error in read.errors.items()})
        answer_sets.record(answer_set, read.answers, rows)
    return True


def _hand_in(respondent: Respondent, counts: Counts, rows: dict[AnswerPlace, Stored]) -> None:
    answer_sets.complete(respondent.begun, respondent.instrument, counts, rows)
    respondent.invitation.disposition = Disposition.COMPLETE
    _call_back_letter(respondent.invitation)


def _call_back_letter(invitation: Invitation) -> None:
    """A reminder that has not left yet is for nobody now."""
    if invitation.letter_id is not None:
        outbox.call_back([invitation.letter_id])


def _check_open(wave: Wave) -> None:
    if wave.closed_at is not None or rules.is_over(wave.closes_on, clock.now()):
        raise WaveClosed


def _add_response(
    wave: Wave, language: str, invitation_id: int | None
) -> tuple[Response, AnswerSet]:
    answer_set = answer_sets.begin_answer_set(wave.version_id, language)
    response = Response(wave_id=wave.id, invitation_id=invitation_id, answer_set_id=answer_set.id)
    db.session.add(response)
    return response, answer_set
