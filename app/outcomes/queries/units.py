"""The people a figure counts: who belongs to it, who was asked, and what they answered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Row, func, select

from app.advisory.models import AdvisoryTask
from app.checkin.queries import attendance as door
from app.core import clock
from app.core.database import db
from app.events.models import Event
from app.outcomes.queries import populations
from app.outcomes.rules.definitions import Definition, Source
from app.outcomes.rules.figures import Unit
from app.questions import queries as questions
from app.questions.models import AnswerSet, Questionnaire, QuestionnaireVersion
from app.questions.rules.answers import Answers
from app.surveys.models import Invitation, Response, Wave
from app.surveys.rules import Disposition
from app.workshops.models import Enrolment


@dataclass(frozen=True, slots=True)
class Attended:
    """An event with how many people came, and how many times someone came in all."""

    event: Event
    attendances: int


def newest_year() -> int:
    """The newest year whose answers are all in; this year while there are none yet."""
    closed = select(func.max(Wave.to_day)).where(Wave.closed_at.is_not(None))
    newest = db.session.scalar(closed)
    return newest.year if newest else clock.today().year


@dataclass(frozen=True, slots=True)
class Member:
    """Someone of the population and the rows they could stand in, the first one first."""

    person_id: int
    cells: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class AskedPerson:
    """What became of one invitation, and where it stands."""

    ident: int
    person_id: int | None
    cell: tuple[str, str]
    bounced: bool
    answer_set_id: int | None


def attended(definition: Definition, year: int) -> list[Attended]:
    """The events behind an attendance figure; a person who came twice counts twice here."""
    held = populations.held(definition.population, year)
    seats: Counter[int] = Counter()
    for attendance in door.attendance([event.id for event in held]):
        seats[attendance.event_id] += attendance.admitted
    return [Attended(event, seats[event.id]) for event in held]


def units(definition: Definition, year: int) -> list[Unit]:
    """One unit for each person of the population, with the one response that counts."""
    if definition.population.source is Source.RESPONSES:
        return _panel(definition, year)
    gather = _POPULATIONS[definition.population.source]
    members, asked = gather(definition, year)
    return _joined(members, _first_each(asked), _answers(asked))


def _joined(
    members: Iterable[Member], asked: Sequence[AskedPerson], answers: Mapping[int, Answers]
) -> list[Unit]:
    by_person = {person.person_id: person for person in asked if person.person_id is not None}
    orphans = [person for person in asked if person.person_id is None]
    loose = Counter(orphan.cell for orphan in orphans)
    units_ = [_unit(orphan, orphan.cell, answers) for orphan in orphans]
    for member in members:
        own = by_person.get(member.person_id)
        if own is None and loose[member.cells[0]]:
            loose[member.cells[0]] -= 1
        elif own is None:
            units_.append(Unit(f"p{member.person_id}", *member.cells[0]))
        else:
            cell = own.cell if own.cell in member.cells else member.cells[0]
            units_.append(_unit(own, cell, answers))
    return units_


def _unit(person: AskedPerson, cell: tuple[str, str], answers: Mapping[int, Answers]) -> Unit:
    given = answers.get(person.answer_set_id) if person.answer_set_id else None
    return Unit(f"i{person.ident}", *cell, True, not person.bounced, given)


def _first_each(asked: Sequence[AskedPerson]) -> list[AskedPerson]:
    """One invitation for each person, a complete one before others; the forgotten each stand."""
    first: dict[object, AskedPerson] = {}
    for person in sorted(asked, key=lambda each: (each.answer_set_id is None, each.ident)):
        first.setdefault(person.person_id or ("forgotten", person.ident), person)
    return list(first.values())


def _answers(asked: Sequence[AskedPerson]) -> Mapping[int, Answers]:
    return questions.answers_of([person.answer_set_id for person in asked if person.answer_set_id])


def _attendance(definition: Definition, year: int) -> tuple[list[Member], list[AskedPerson]]:
    held = populations.held(definition.population, year)
    came = door.attendance([event.id for event in held])
    pairs = [(attendance.person_id, attendance.event_id) for attendance in came]
    return _members_at(held, pairs), _asked_at(definition, held)


def _enrolments(definition: Definition, year: int) -> tuple[list[Member], list[AskedPerson]]:
    held = populations.held(definition.population, year)
    enrolled = populations.enrolled(definition.population, year)
    rows = db.session.execute(select(Enrolment.person_id, Enrolment.event_id).where(*enrolled))
    pairs = [(person_id, event_id) for person_id, event_id in rows]
    return _members_at(held, pairs), _asked_at(definition, held)


def _members_at(held: Sequence[Event], pairs: Sequence[tuple[int, int]]) -> list[Member]:
    """Each person once, their events in the order in which these began."""
    place = {event.id: number for number, event in enumerate(held)}
    cells: dict[int, list[int]] = {}
    for person_id, event_id in sorted(set(pairs), key=lambda pair: (place[pair[1]], pair[0])):
        cells.setdefault(person_id, []).append(event_id)
    named = {event.id: (str(event.kind), event.slug) for event in held}
    return [
        Member(person, tuple(named[event_id] for event_id in own)) for person, own in cells.items()
    ]


def _asked_at(definition: Definition, held: Sequence[Event]) -> list[AskedPerson]:
    named = {event.id: (str(event.kind), event.slug) for event in held}
    statement = _invitations(definition).where(Invitation.event_id.in_(named))
    return [_asked(row, named[row.event_id]) for row in db.session.execute(statement)]


def _advice(definition: Definition, year: int) -> tuple[list[Member], list[AskedPerson]]:
    tasks = db.session.execute(
        select(AdvisoryTask.id, AdvisoryTask.person_id, AdvisoryTask.kind)
        .where(
            AdvisoryTask.person_id.is_not(None), *populations.advised(definition.population, year)
        )
        .order_by(AdvisoryTask.closed_at, AdvisoryTask.id)
    ).all()
    cells: dict[int, list[tuple[str, str]]] = {}
    for _task_id, person_id, kind in tasks:
        if person_id is not None:
            cells.setdefault(person_id, []).append((str(kind), ""))
    members = [Member(person, tuple(own)) for person, own in cells.items()]
    named = {task_id: (str(kind), "") for task_id, _person_id, kind in tasks}
    statement = _invitations(definition).where(Invitation.task_id.in_(named))
    return members, [_asked(row, named[row.task_id]) for row in db.session.execute(statement)]


def _invitations(definition: Definition) -> Any:
    """Invitations gone out for the definition's questionnaire, with the answers if complete."""
    return (
        select(
            Invitation.id,
            Invitation.person_id,
            Invitation.event_id,
            Invitation.task_id,
            Invitation.disposition,
            AnswerSet.id.label("answer_set_id"),
        )
        .join(Wave, Wave.id == Invitation.wave_id)
        .join(QuestionnaireVersion, QuestionnaireVersion.id == Wave.version_id)
        .join(Questionnaire, Questionnaire.id == QuestionnaireVersion.questionnaire_id)
        .outerjoin(Response, Response.invitation_id == Invitation.id)
        .outerjoin(
            AnswerSet,
            (AnswerSet.id == Response.answer_set_id) & AnswerSet.completed_at.is_not(None),
        )
        .where(
            Questionnaire.key == definition.instrument,
            QuestionnaireVersion.number.in_(definition.instrument_versions),
            Invitation.disposition != Disposition.PLANNED,
        )
    )


def _asked(row: Row[Any], cell: tuple[str, str]) -> AskedPerson:
    bounced = row.disposition == Disposition.BOUNCED
    return AskedPerson(row.id, row.person_id, cell, bounced, row.answer_set_id)


def _panel(definition: Definition, year: int) -> list[Unit]:
    answers = questions.answers_of(populations.answered(definition, year))
    return [
        Unit(f"s{answer_set}", "", "", answers=answers) for answer_set, answers in answers.items()
    ]


_POPULATIONS: Mapping[
    Source, Callable[[Definition, int], tuple[list[Member], list[AskedPerson]]]
] = {
    Source.ATTENDANCE: _attendance,
    Source.ENROLMENTS: _enrolments,
    Source.ADVICE: _advice,
}
