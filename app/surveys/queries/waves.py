"""Surveys, waves and their counts for the desk, and what has fallen due for the worker."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, or_, select

from app.core.clock import COPENHAGEN
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.refusals import NotFound
from app.questions import queries as questions
from app.questions.models import AnswerSet, QuestionnaireVersion
from app.questions.rules.answers import Answers
from app.questions.rules.instrument import Instrument
from app.surveys.models import Invitation, Response, Survey, Wave
from app.surveys.queries.resting import rests
from app.surveys.rules import (
    PLANNED_ANEW_AFTER,
    REMINDERS,
    SILENT,
    Disposition,
    invited,
    response_percent,
)


@dataclass(frozen=True)
class WaveCounts:
    """A wave with how many invitations stand at each disposition, and entered responses."""

    wave: Wave
    survey: Survey
    counts: dict[Disposition, int]
    entered: int

    @property
    def invited(self) -> int:
        """How many were asked."""
        return invited(self.counts)

    @property
    def complete(self) -> int:
        """How many answered all the way, on their own link."""
        return self.counts.get(Disposition.COMPLETE, 0)

    @property
    def percent(self) -> int | None:
        """The response rate."""
        return response_percent(self.counts)


@dataclass(frozen=True)
class Given:
    """A complete response, and the event or the advisory task that asked."""

    answers: Answers
    event_id: int | None
    task_id: int | None


def survey(key: str) -> Survey:
    """The survey of that key; raises NotFound."""
    survey = db.session.scalar(select(Survey).where(Survey.key == key))
    if survey is None:
        raise NotFound
    return survey


def surveys() -> list[tuple[Survey, Instrument]]:
    """Every survey with the newest version of its questionnaire."""
    newest = (
        select(func.max(QuestionnaireVersion.id))
        .group_by(QuestionnaireVersion.questionnaire_id)
        .scalar_subquery()
    )
    rows = db.session.execute(
        select(Survey, QuestionnaireVersion)
        .join(
            QuestionnaireVersion,
            QuestionnaireVersion.questionnaire_id == Survey.questionnaire_id,
        )
        .where(QuestionnaireVersion.id.in_(newest))
        .order_by(Survey.key)
    )
    return [(survey, questions.instrument_of(version)) for survey, version in rows]


def wave(wave_id: int) -> Wave:
    """The wave with this number; raises NotFound."""
    wave = db.session.get(Wave, wave_id)
    if wave is None:
        raise NotFound
    return wave


def waves(survey_key: str | None = None) -> list[WaveCounts]:
    """Waves with their counts, the newest first; three statements however many there are."""
    statement = select(Wave, Survey).join(Survey, Survey.id == Wave.survey_id)
    if survey_key is not None:
        statement = statement.where(Survey.key == survey_key)
    rows = db.session.execute(statement.order_by(Wave.from_day.desc(), Wave.id.desc())).all()
    counts = _counts([wave.id for wave, _ in rows])
    entered = _entered([wave.id for wave, _ in rows])
    return [
        WaveCounts(wave, holder, counts.get(wave.id, {}), entered.get(wave.id, 0))
        for wave, holder in rows
    ]


def wave_counts(wave_id: int) -> WaveCounts:
    """One wave with its counts, of what rests none; raises NotFound."""
    counted = wave(wave_id)
    holder = db.session.get_one(Survey, counted.survey_id)
    return WaveCounts(
        counted, holder, _counts([wave_id]).get(wave_id, {}), _entered([wave_id]).get(wave_id, 0)
    )


def _counts(wave_ids: Sequence[int]) -> dict[int, dict[Disposition, int]]:
    rows = db.session.execute(
        select(Invitation.wave_id, Invitation.disposition, func.count())
        .where(Invitation.wave_id.in_(wave_ids), ~rests())
        .group_by(Invitation.wave_id, Invitation.disposition)
    )
    counts: dict[int, dict[Disposition, int]] = {}
    for wave_id, state, number in rows:
        counts.setdefault(wave_id, {})[Disposition(state)] = number
    return counts


def _entered(wave_ids: Sequence[int]) -> dict[int, int]:
    rows = db.session.execute(
        select(Response.wave_id, func.count())
        .where(Response.wave_id.in_(wave_ids), Response.invitation_id.is_(None))
        .group_by(Response.wave_id)
    )
    return {wave_id: number for wave_id, number in rows}


def responses(wave_id: int) -> list[Given]:
    """The complete responses of a wave, in three statements however many they are."""
    complete = (
        select(Response.answer_set_id)
        .join(AnswerSet, AnswerSet.id == Response.answer_set_id)
        .outerjoin(Invitation, Invitation.id == Response.invitation_id)
        .where(Response.wave_id == wave_id, AnswerSet.completed_at.is_not(None), ~rests())
    )
    answers = questions.answers_of(complete)
    rows = db.session.execute(
        select(Response.answer_set_id, Invitation.event_id, Invitation.task_id)
        .outerjoin(Invitation, Invitation.id == Response.invitation_id)
        .where(Response.answer_set_id.in_(complete))
        .order_by(Response.answer_set_id)
    )
    return [
        Given(answers[answer_set_id], event_id, task_id)
        for answer_set_id, event_id, task_id in rows
    ]


def unplanned_waves(now: datetime) -> Sequence[int]:
    """Open waves whose audience has not been looked through within the hour."""
    stale = or_(Wave.planned_at.is_(None), Wave.planned_at < now - PLANNED_ANEW_AFTER)
    return db.session.scalars(select(Wave.id).where(Wave.closed_at.is_(None), stale)).all()


def over_waves(now: datetime) -> Sequence[int]:
    """Open waves whose closing day has passed."""
    today = now.astimezone(COPENHAGEN).date()
    return db.session.scalars(
        select(Wave.id).where(Wave.closed_at.is_(None), Wave.closes_on < today)
    ).all()


def due_invitations(now: datetime) -> Sequence[int]:
    """Planned invitations of open waves whose hour has come."""
    return db.session.scalars(
        select(Invitation.id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(
            Invitation.disposition == Disposition.PLANNED,
            Invitation.due_at <= now,
            ~rests(),
            Wave.closed_at.is_(None),
        )
        .order_by(Invitation.due_at, Invitation.id)
    ).all()


def due_reminders(now: datetime) -> Sequence[int]:
    """Invitations of open waves that were out for a week and perhaps want a reminder."""
    week = REMINDERS[0]
    return db.session.scalars(
        select(Invitation.id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(
            Invitation.disposition.in_(SILENT),
            ~rests(),
            Invitation.reminders < len(REMINDERS),
            Invitation.sent_at <= now - week,
            or_(Invitation.reminded_at.is_(None), Invitation.reminded_at <= now - week),
            Wave.closed_at.is_(None),
        )
        .order_by(Invitation.id)
    ).all()


def refused_letters() -> Sequence[int]:
    """Silent invitations whose newest letter the mailbox refused; one given up says nothing."""
    return db.session.scalars(
        select(Invitation.id)
        .join(Letter, Letter.id == Invitation.letter_id)
        .where(Invitation.disposition.in_(SILENT), Letter.state == LetterState.BOUNCED)
    ).all()


def arrived_after_all() -> Sequence[int]:
    """Invitations of open waves whose letter came back once, was sent again and has arrived."""
    return db.session.scalars(
        select(Invitation.id)
        .join(Letter, Letter.id == Invitation.letter_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .where(
            Invitation.disposition == Disposition.BOUNCED,
            Letter.sent_again_at.is_not(None),
            Letter.state == LetterState.SENT,
            Wave.closed_at.is_(None),
        )
    ).all()
