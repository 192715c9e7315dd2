"""Writing the plan and the registers that the yearly report counts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from sqlalchemy import select

from app.core import audit
from app.core.database import db, insert_once
from app.core.refusals import Refusal
from app.core.texts import _l
from app.programme.models import Allocation, Engagement, MainArea, Project, Publication
from app.programme.rules import EngagementKind, ProgrammeVerb

Added = TypeVar("Added", Engagement, Publication, Project)


class NumberTaken(Refusal):
    """The year has a main area of this number already."""

    field = "number"
    sentence = _l("%(year)s has a main area number %(number)s already.")


class EndsBeforeItStarts(Refusal):
    """The last day lies before the first."""

    sentence = _l("The last day lies before the first. Look at the dates again.")


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


def _check_period(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise EndsBeforeItStarts
