"""How many times something happened in a year: one counter for each status of each source."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlalchemy import ColumnElement, func, select

from app.advisory.models import AdvisoryTask
from app.checkin.queries import attendance as door
from app.core.database import db
from app.outcomes.queries import populations
from app.outcomes.rules.definitions import Definition, Source
from app.outcomes.rules.sources import ATTENDED, CLOSED, COMPLETE, OPEN, status_of
from app.workshops.models import Enrolment
from app.workshops.rules.places import EnrolmentState

Counter = Callable[[Definition, int], int]


def count(definition: Definition, year: int) -> int:
    """The population's rows of the year, each as often as it happened."""
    source = definition.population.source
    status = status_of(source, definition.population.status)
    return COUNTERS[source][status](definition, year)


def _seats_taken(definition: Definition, year: int) -> int:
    """A group counts as many as came; who came to two events counts twice."""
    held = populations.held(definition.population, year)
    return sum(attendance.admitted for attendance in door.attendance([event.id for event in held]))


def _seats_enrolled(definition: Definition, year: int) -> int:
    """The seats of enrolments in a state at events held in the year."""
    return _sum(func.sum(Enrolment.seats), *populations.enrolled(definition.population, year))


def _tasks(definition: Definition, year: int) -> int:
    return _sum(func.count(AdvisoryTask.id), *populations.advised(definition.population, year))


def _complete_answers(definition: Definition, year: int) -> int:
    answered = populations.answered(definition, year).subquery()
    return db.session.scalar(select(func.count()).select_from(answered)) or 0


def _sum(amount: ColumnElement[int], *conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(amount).where(*conditions)) or 0


COUNTERS: Mapping[Source, Mapping[str, Counter]] = {
    Source.ATTENDANCE: {ATTENDED: _seats_taken},
    Source.ENROLMENTS: dict.fromkeys(EnrolmentState, _seats_enrolled),
    Source.ADVICE: dict.fromkeys((CLOSED, OPEN), _tasks),
    Source.RESPONSES: {COMPLETE: _complete_answers},
}
