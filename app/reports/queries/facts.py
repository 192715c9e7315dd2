"""The facts of a year, read from every part that the report tells of."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from app.advisory import queries as advisory
from app.advisory.rules import TaskKind
from app.applications.models import Application
from app.applications.rules.states import State
from app.checkin.queries import attendance as door
from app.core import clock
from app.core.database import db
from app.core.folding import sort_key
from app.core.numbers import day_text
from app.core.owner import owner
from app.core.texts import _, local
from app.events import queries as events
from app.events.models import Event
from app.events.rules import ReportPlace, kinds_told_in
from app.organisations.models import Organisation
from app.organisations.rules import OrganisationKind
from app.outcomes.queries import estimates, figures
from app.outcomes.rules.figures import FigureReading
from app.programme import queries as programme
from app.programme.models import Project
from app.programme.rules import EngagementKind
from app.reports.models import ReportText
from app.reports.rules.behind import Behind, behind_of
from app.reports.rules.paper import YearlyReport
from app.reports.rules.texts import TEXTS, filled
from app.reports.wording.done import DoneFacts, FestivalFacts, ProjectPeriod
from app.reports.wording.programme import PlanArea, ProgrammeFacts
from app.reports.wording.status import StatusFacts
from app.reports.wording.writing import ReportFacts, write

_DEFAULTS: Mapping[str, Mapping[str, str]] = json.loads(
    (Path(__file__).resolve().parents[1] / "defaults.json").read_text("utf-8")
)
GOALS, GAP = "fd_goals", "inclusion_gap"
OF_ADVICE = ("advice_new_method", "advice_coop", "advice_improve")
INDICATORS = (GOALS, *OF_ADVICE, GAP)


@dataclass(frozen=True, slots=True)
class Draft:
    """The report as it reads now, with the numbers behind each indicator in it."""

    paper: YearlyReport
    behind: Mapping[str, Behind]


def paper(year: int) -> YearlyReport:
    """The report of a year, every figure computed from rows now."""
    return write(facts(year))


def draft(year: int) -> Draft:
    """The report of a year with what a later one is compared by."""
    told = facts(year)
    behind = {reading.definition.key: behind_of(reading) for reading in told.indicators}
    return Draft(write(told), behind)


def facts(year: int) -> ReportFacts:
    """Everything that the report of a year tells."""
    readings = figures.readings(INDICATORS, year, public=True)
    by_key = {reading.definition.key: reading for reading in readings}
    said = {key: local(words) for key, words in texts(year).items()}
    return ReportFacts(
        year=year,
        status=_status(year, by_key),
        programme=_programme(year, by_key[GAP]),
        texts=filled(said, year, owner().in_texts()),
        indicators=readings,
        owner=owner(),
    )


def texts(year: int) -> dict[str, Mapping[str, str]]:
    """The editors' texts of a year by key and language, the defaults where none is written."""
    own = db.session.execute(
        select(ReportText.key, ReportText.words).where(ReportText.year == year)
    )
    written = {key: words for key, words in own}
    return {key: written.get(key) or _DEFAULTS.get(key, {}) for key in TEXTS}


def _status(year: int, by_key: Mapping[str, FigureReading]) -> StatusFacts:
    return StatusFacts(
        done=_done(year, by_key[GOALS]),
        publications=[(local(o.title), local(o.note)) for o in programme.publications(year)],
        advice={each: _advice(each) for each in range(year - 3, year + 1)},
        tasks=_tasks(year, TaskKind.ADVICE),
        requisitions=_tasks(year, TaskKind.REQUISITION),
        outcomes=[by_key[key] for key in OF_ADVICE],
    )


def _done(year: int, goals: FigureReading) -> DoneFacts:
    courses = events.held_in(year, kinds_told_in(ReportPlace.COURSES), "proceskonsulent")
    workshops = events.held_in(year, kinds_told_in(ReportPlace.WORKSHOPS), "foraeldredialog")
    festivals = events.held_in(year, kinds_told_in(ReportPlace.FESTIVALS))
    completed = {event.id: _completed(event) for event in courses}
    return DoneFacts(
        workshops=[_dated(workshop) for workshop in workshops],
        goals=goals,
        people=_people(workshops, goals),
        courses=[
            _(
                "%(course)s: %(number)s completed",
                course=_dated(course),
                number=len(completed[course.id]),
            )
            for course in courses
        ],
        trained=len(set().union(*completed.values())),
        festivals=[_festival(festival) for festival in festivals],
        projects=[_period(project) for project in programme.projects_in(year)],
        helhedsplaner=_engagements(year, EngagementKind.HELHEDSPLAN),
        omraadeloeft=_engagements(year, EngagementKind.OMRAADELOEFT),
    )


def _people(workshops: Sequence[Event], goals: FigureReading) -> int:
    """Distinct people who came; counted at the door where the indicator cannot be."""
    if not goals.definition.flaws:
        return goals.figure.population or 0
    return len({came.person_id for came in door.attendance([event.id for event in workshops])})


def _programme(year: int, gap: FigureReading) -> ProgrammeFacts:
    plan = programme.plan(year + 1)
    return ProgrammeFacts(gap, [_area(planned) for planned in plan.areas], plan.person_years)


def _dated(event: Event) -> str:
    return f"{local(event.title)}, {day_text(event.starts_at)}"


def _completed(event: Event) -> set[int]:
    """Those who attended every session of a course."""
    needed = len(events.sessions(event.id))
    return {
        attendance.person_id
        for attendance in door.attendance([event.id])
        if attendance.sessions >= needed
    }


def _festival(event: Event) -> FestivalFacts:
    judged = [estimate for estimate in _judged(event) if estimate.event.id == event.id]
    return FestivalFacts(
        title=local(event.title),
        place=event.place,
        visitors=judged[0].estimate.value if judged else None,
        method=judged[0].estimate.method if judged else "",
        restaurants=tuple(_restaurants(event.id)),
    )


def _judged(event: Event) -> Sequence[estimates.EventEstimate]:
    return estimates.newest_estimates(clock.year_of(event.starts_at), event.kind)


def _restaurants(event_id: int) -> Sequence[str]:
    names = db.session.scalars(
        select(Organisation.name)
        .join(Application, Application.organisation_id == Organisation.id)
        .where(
            Application.event_id == event_id,
            Application.state == State.CONFIRMED,
            Organisation.kind == OrganisationKind.RESTAURANT,
        )
        .distinct()
    )
    return sorted(names, key=sort_key)


def _engagements(year: int, kind: EngagementKind) -> list[str]:
    return [engagement.name for engagement in programme.engagements_in(year, kind)]


def _period(project: Project) -> ProjectPeriod:
    return ProjectPeriod(
        project.name, project.starts_on, project.ends_on, project.handed_to, local(project.note)
    )


def _advice(year: int) -> int:
    return advisory.closed_in(year)[TaskKind.ADVICE]


def _tasks(year: int, kind: TaskKind) -> list[str]:
    """Each task by its number and day: what it was about may name somebody."""
    return [
        _("No. %(number)s, closed on %(day)s", number=task.id, day=day_text(task.closed_at))
        for task in advisory.closed_tasks(year, kind)
        if task.closed_at is not None
    ]


def _area(planned: programme.PlannedArea) -> PlanArea:
    activities = tuple(local(each) for each in planned.area.activities)
    return PlanArea(planned.area.number, local(planned.area.name), activities, planned.person_years)
