"""Writing the plan and the registers that the yearly report counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import inspect, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import InstanceState

from app.core import audit
from app.core.database import Model, db, insert_once
from app.core.edit_forms import held
from app.core.refusals import Refusal
from app.core.texts import _l
from app.programme import queries
from app.programme.models import Allocation, Engagement, MainArea, Project, Publication, Registered
from app.programme.queries import PlannedArea
from app.programme.rules import EngagementKind, ProgrammeVerb

Added = TypeVar("Added", Engagement, Publication, Project)


class NumberTaken(Refusal):
    """The year has a main area of this number already."""

    field = "number"
    sentence = _l("%(year)s has a main area number %(number)s already.")


class EndsBeforeItStarts(Refusal):
    """The last day lies before the first."""

    field = "ends_on"
    sentence = _l("The last day lies before the first. Look at the dates again.")


class AreaInUse(Refusal):
    """Advice or requisitions are counted under the area."""

    sentence = _l("Advice is logged under this main area. Give it another one first.")


class NothingToCopy(Refusal):
    """The year has no plan."""

    field = "of_year"
    sentence = _l("%(year)s has no plan to copy.")


def add_main_area(
    year: int,
    number: int,
    name: Mapping[str, str],
    hundredths: int = 0,
    activities: Sequence[Mapping[str, str]] = (),
) -> MainArea:
    """A main area of a year's plan, with its person-years in hundredths."""
    values = {"name": dict(name), "activities": [dict(activity) for activity in activities]}
    if not insert_once(MainArea, year=year, number=number, **values):
        raise NumberTaken(year=year, number=number)
    area = db.session.scalars(
        select(MainArea).where(MainArea.year == year, MainArea.number == number)
    ).one()
    audit.record("main_area", area.id, ProgrammeVerb.ADDED, year=year)
    if hundredths:
        allocate(area, hundredths)
    return area


def allocate(area: MainArea, hundredths: int) -> None:
    """Set aside person-years, in hundredths, for a main area, instead of those before."""
    db.session.merge(Allocation(main_area_id=area.id, hundredths=hundredths))
    audit.record("main_area", area.id, ProgrammeVerb.ALLOCATED, hundredths=hundredths)


def copy_plan(year: int, to: int) -> int:
    """A year's plan begins as a copy of another's; areas that it has already stay as they are.

    Returns how many areas were copied.
    """
    areas = queries.plan(year).areas
    if not areas:
        raise NothingToCopy(year=year)
    there = {planned.area.number for planned in queries.plan(to).areas}
    missing = [planned for planned in areas if planned.area.number not in there]
    for planned in missing:
        area = planned.area
        add_main_area(to, area.number, area.name, planned.hundredths, area.activities)
    return len(missing)


def held_area(area: MainArea) -> PlannedArea:
    """The main area as it is now; nobody else changes it until the end."""
    return queries.main_area(held(area).id)


def correct_main_area(
    area: MainArea,
    number: int,
    name: Mapping[str, str],
    hundredths: int,
    activities: Sequence[Mapping[str, str]],
) -> None:
    """Set right a main area; its year stays, for what is counted under it belongs there."""
    if number != area.number and number in {
        planned.area.number for planned in queries.plan(area.year).areas
    }:
        raise NumberTaken(year=area.year, number=number)
    area.number, area.name = number, dict(name)
    area.activities = [dict(activity) for activity in activities]
    _corrected("main_area", area)
    allocate(area, hundredths)


def correct_engagement(
    engagement: Engagement, kind: EngagementKind, name: str, starts_on: date, ends_on: date | None
) -> None:
    """Set right what was written of taking part in a plan."""
    _check_period(starts_on, ends_on)
    engagement.kind, engagement.name = kind, name
    engagement.starts_on, engagement.ends_on = starts_on, ends_on
    _corrected("engagement", engagement)


def correct_publication(
    publication: Publication, year: int, title: Mapping[str, str], note: Mapping[str, str]
) -> None:
    """Set right what was written of a publication."""
    publication.year, publication.title, publication.note = year, dict(title), dict(note)
    _corrected("publication", publication)


def correct_project(
    project: Project, name: str, starts_on: date, ends_on: date | None, note: Mapping[str, str]
) -> None:
    """Set right what was written of a project; whom it was handed to stays."""
    _check_period(starts_on, ends_on)
    project.name, project.note = name, dict(note)
    project.starts_on, project.ends_on = starts_on, ends_on
    _corrected("project", project)


def take_back(subject: str, row: Registered) -> None:
    """What was written by mistake is gone; that it was there, and who took it back, stays told."""
    audit.record(subject, row.id, ProgrammeVerb.TAKEN_BACK)
    db.session.delete(row)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise AreaInUse from error


def add_engagement(
    kind: EngagementKind, name: str, starts_on: date, ends_on: date | None = None
) -> Engagement:
    """The team takes part in an area's plan from a day on."""
    _check_period(starts_on, ends_on)
    engagement = Engagement(kind=kind, name=name, starts_on=starts_on, ends_on=ends_on)
    return _added("engagement", engagement)


def end_engagement(engagement: Engagement, ends_on: date) -> None:
    """The team no longer takes part after this day."""
    _check_period(engagement.starts_on, ends_on)
    engagement.ends_on = ends_on
    audit.record("engagement", engagement.id, ProgrammeVerb.ENDED, on=ends_on.isoformat())


def add_publication(
    year: int, title: Mapping[str, str], note: Mapping[str, str] | None = None
) -> Publication:
    """Something published in a year; the note says what is still missing."""
    return _added("publication", Publication(year=year, title=dict(title), note=dict(note or {})))


def add_project(
    name: str,
    starts_on: date,
    ends_on: date | None = None,
    note: Mapping[str, str] | None = None,
) -> Project:
    """A project that the team leads from a day on."""
    _check_period(starts_on, ends_on)
    project = Project(
        name=name, starts_on=starts_on, ends_on=ends_on, handed_to="", note=dict(note or {})
    )
    return _added("project", project)


def hand_over(project: Project, to: str, last_day: date) -> None:
    """The project goes on with another owner; the team's last day with it is noted."""
    _check_period(project.starts_on, last_day)
    project.handed_to, project.ends_on = to, last_day
    audit.record("project", project.id, ProgrammeVerb.HANDED_OVER, last_day=last_day.isoformat())


def _added(subject: str, row: Added) -> Added:
    db.session.add(row)
    db.session.flush()
    audit.record(subject, row.id, ProgrammeVerb.ADDED)
    return row


def _corrected(subject: str, row: Registered) -> None:
    state: InstanceState[Model] = inspect(row)
    fields = [attribute.key for attribute in state.attrs if attribute.history.has_changes()]
    if fields:
        audit.record(subject, row.id, ProgrammeVerb.CORRECTED, fields=fields)


def _check_period(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItStarts
