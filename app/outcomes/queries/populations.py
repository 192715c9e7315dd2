"""Which rows belong to a population in a year, by its source, status and kind."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Select, select

from app.advisory.models import AdvisoryTask
from app.core import clock
from app.events import queries as events
from app.events.models import Event
from app.events.rules import EventKind
from app.outcomes.rules.definitions import Definition, Population
from app.outcomes.rules.sources import OPEN, status_of
from app.questions.models import AnswerSet, Questionnaire, QuestionnaireVersion
from app.surveys.models import Invitation, Response
from app.surveys.queries.resting import rests
from app.workshops.models import Enrolment

Conditions = tuple[ColumnElement[bool], ...]


def held(population: Population, year: int) -> Sequence[Event]:
    """The events held in the year of the population's kind and topic."""
    kinds = [EventKind(population.event_kind)] if population.event_kind else None
    return events.held_in(year, kinds, population.topic)


def enrolled(population: Population, year: int) -> Conditions:
    """What holds of the enrolments that are meant, all at events held."""
    return (
        Enrolment.event_id.in_([event.id for event in held(population, year)]),
        Enrolment.state == status_of(population.source, population.status),
    )


def advised(population: Population, year: int) -> Conditions:
    """What holds of the tasks that are meant: closed in the year, or asked in it and still open."""
    start, end = clock.year_bounds(year)
    still_open = status_of(population.source, population.status) == OPEN
    day = AdvisoryTask.logged_at if still_open else AdvisoryTask.closed_at
    state = (AdvisoryTask.closed_at.is_(None),) if still_open else ()
    kind = (AdvisoryTask.kind == population.task_kind,) if population.task_kind else ()
    return (day >= start, day < end, *state, *kind)


def answered(definition: Definition, year: int) -> Select[int]:
    """The sets of answers completed in the year to the versions that a definition names."""
    start, end = clock.year_bounds(year)
    return (
        select(AnswerSet.id)
        .join(Response, Response.answer_set_id == AnswerSet.id)
        .outerjoin(Invitation, Invitation.id == Response.invitation_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == AnswerSet.version_id)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .where(
            Questionnaire.key == definition.instrument,
            QuestionnaireVersion.number.in_(definition.instrument_versions),
            AnswerSet.completed_at >= start,
            AnswerSet.completed_at < end,
            ~rests(),
        )
    )
