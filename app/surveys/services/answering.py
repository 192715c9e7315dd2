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
from app.questions import services as sheets
from app.questions.models import AnswerSheet, QuestionnaireVersion
from app.questions.rules.answers import Answer
from app.questions.rules.flow import Counts, Place, field_name, next_stop, route, stop_after
from app.questions.rules.instrument import Instrument
from app.questions.rules.parsing import Sent as SentField
from app.questions.rules.parsing import read_page
from app.questions.rules.storing import Stored, gathered
from app.surveys import rules
from app.surveys.models import Invitation, Response, Wave
from app.surveys.queries import sittings
from app.surveys.queries.leaves import Leaf
from app.surveys.queries.sittings import Sitting
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


class AlreadyAnswered(Refusal):
    """One complete response each."""

    sentence = _l("This survey has been answered with this link. There is no more to do.")


def begin(sitting: Sitting, language: str | None = None) -> None:
    """Open the questionnaire: the first thing a person sends. Whoever said no may change it."""
    _check_open(sitting.wave)
    invitation = sitting.invitation
    if invitation.disposition == Disposition.COMPLETE:
        raise AlreadyAnswered
    if sitting.sheet is None:
        # Under the row's lock: another tap may have begun it since the sitting was read.
        sitting.sheet = sittings.sheet_of(invitation.id)
    if sitting.sheet is None:
        _, sitting.sheet = _add_response(
            sitting.wave, language or invitation.language, invitation.id
        )
        invitation.disposition = Disposition.OPENED
    elif invitation.disposition in GIVEN_UP:
        begun = bool(questions.rows_of(sitting.sheet.id))
        invitation.disposition = Disposition.PARTIAL if begun else Disposition.OPENED


def save(sitting: Sitting, leaf: Leaf, given: Mapping[Place, Answer]) -> str | None:
    """Keep one page's answers; the key of the page after it, None when all is handed in."""
    begin(sitting)
    rows, counts = dict(leaf.rows), leaf.sources.counts()
    sheets.record(sitting.begun, given, rows)
    sitting.invitation.disposition = Disposition.PARTIAL
    way = route(sitting.instrument, counts, gathered(sitting.instrument, rows))
    following = stop_after(way, leaf.stop.key) or next_stop(way, rows.keys())
    if following is None:
        _hand_in(sitting, counts, rows)
    return following.key if following else None


def answer_all(invitation_id: int, sent: Sent, whole: bool = True) -> None:
    """Answer page after page as a person would; unless `whole`, up to the first page untouched."""
    sitting = sittings.sitting_of(invitation_id)
    begin(sitting)
    rows = sittings.rows_of(sitting)
    counts = sittings.sources(sitting, rows).counts()
    if _fill(sitting.begun, sitting.instrument, Filling(sent, counts, whole), rows):
        _hand_in(sitting, counts, rows)
    else:
        sitting.invitation.disposition = Disposition.PARTIAL


def enter(wave: Wave, sent: Sent, language: str = DEFAULT) -> Response:
    """Enter the answers of someone who was not invited: from paper, or from a panel."""
    _check_open(wave)
    instrument = questions.instrument_of(db.session.get_one(QuestionnaireVersion, wave.version_id))
    response, sheet = _add_response(wave, language, None)
    rows: dict[Place, Stored] = {}
    _fill(sheet, instrument, Filling(sent, {}, True), rows)
    sheets.complete(sheet, instrument, {}, rows)
    return response


def refuse(sitting: Sitting) -> None:
    """No, thank you: no more letters. What was answered so far stays as it is."""
    if sitting.invitation.disposition == Disposition.COMPLETE:
        raise AlreadyAnswered
    sitting.invitation.disposition = Disposition.REFUSED
    _call_back_letter(sitting.invitation)


def forget(person: Person) -> None:
    """Cut the links and empty free texts; coded answers stay, bound to event and wave only."""
    theirs = select(Invitation.id).where(Invitation.person_id == person.id)
    sheet_ids = db.session.scalars(
        select(Response.sheet_id).where(Response.invitation_id.in_(theirs))
    ).all()
    sheets.empty_free_texts(sheet_ids)
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
    sheet: AnswerSheet, instrument: Instrument, filling: Filling, rows: dict[Place, Stored]
) -> bool:
    """Go the way page by page; whether it came to its end."""
    while stop := next_stop(
        route(instrument, filling.counts, gathered(instrument, rows)), rows.keys()
    ):
        names = {field_name(place) for place in stop.places}
        if not filling.whole and names.isdisjoint(filling.sent):
            return False
        page = read_page(stop.asked, filling.sent)
        if page.errors:
            raise Invalid(page.errors)
        sheets.record(sheet, page.answers, rows)
    return True


def _hand_in(sitting: Sitting, counts: Counts, rows: dict[Place, Stored]) -> None:
    sheets.complete(sitting.begun, sitting.instrument, counts, rows)
    sitting.invitation.disposition = Disposition.COMPLETE
    _call_back_letter(sitting.invitation)


def _call_back_letter(invitation: Invitation) -> None:
    """A reminder that has not left yet is for nobody now."""
    if invitation.letter_id is not None:
        outbox.call_back([invitation.letter_id])


def _check_open(wave: Wave) -> None:
    if wave.closed_at is not None or rules.is_over(wave.closes_on, clock.now()):
        raise WaveClosed


def _add_response(
    wave: Wave, language: str, invitation_id: int | None
) -> tuple[Response, AnswerSheet]:
    sheet = sheets.begin_sheet(wave.version_id, language)
    response = Response(wave_id=wave.id, invitation_id=invitation_id, sheet_id=sheet.id)
    db.session.add(response)
    return response, sheet
