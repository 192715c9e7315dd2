"""The plan and the registers of a year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Select, or_, select

from app.core import clock
from app.core.database import db
from app.core.folding import sort_key
from app.core.refusals import NotFound
from app.programme import rules
from app.programme.models import Allocation, Engagement, MainArea, Project, Publication
from app.programme.rules import EngagementKind

Kept = TypeVar("Kept", Engagement, Project, Publication)


@dataclass(frozen=True)
class PlannedArea:
    """A main area with the person-years set aside for it."""

    area: MainArea
    hundredths: int

    @property
    def person_years(self) -> Decimal:
        """As printed."""
        return rules.person_years(self.hundredths)


@dataclass(frozen=True)
class YearPlan:
    """A year's main areas in order."""

    year: int
    areas: Sequence[PlannedArea]

    @property
    def person_years(self) -> Decimal:
        """The sum of the areas' person-years."""
        return rules.person_years(sum(area.hundredths for area in self.areas))


def plan(year: int) -> YearPlan:
    """The plan of a year; without areas if there is none."""
    return YearPlan(year, _planned(_select_planned().where(MainArea.year == year)))


def plans() -> Sequence[YearPlan]:
    """The plan of each year that has one, the newest first."""
    by_year = groupby(_planned(_select_planned()), lambda planned: planned.area.year)
    return [YearPlan(year, list(areas)) for year, areas in by_year]


def current_areas() -> Sequence[PlannedArea]:
    """The main areas to choose from today: this year's, else those of the newest plan."""
    this_year = plan(clock.today().year).areas
    if this_year:
        return this_year
    all_plans = plans()
    return all_plans[0].areas if all_plans else []


def areas_for(area_id: int | None) -> Sequence[PlannedArea]:
    """The areas to choose from for something that may name one of another year's plan."""
    current = list(current_areas())
    if area_id is None or any(planned.area.id == area_id for planned in current):
        return current
    return [*_planned(_select_planned().where(MainArea.id == area_id)), *current]


def main_area(area_id: int) -> PlannedArea:
    """The main area with this number; raises NotFound."""
    planned = _planned(_select_planned().where(MainArea.id == area_id))
    if not planned:
        raise NotFound
    return planned[0]


def publication(publication_id: int) -> Publication:
    """The publication with this number; raises NotFound."""
    return _found(db.session.get(Publication, publication_id))


def engagements() -> Sequence[Engagement]:
    """Every engagement, the newest first."""
    order = (Engagement.starts_on.desc(), Engagement.id.desc())
    return db.session.scalars(select(Engagement).order_by(*order)).all()


def engagements_in(year: int, kind: EngagementKind | None = None) -> Sequence[Engagement]:
    """The engagements with a day in the year."""
    statement = _in_year(select(Engagement), Engagement, year)
    if kind is not None:
        statement = statement.where(Engagement.kind == kind)
    listed = db.session.scalars(statement.order_by(Engagement.id))
    return sorted(listed, key=lambda engagement: sort_key(engagement.name))


def engagement(engagement_id: int) -> Engagement:
    """The engagement with this number; raises NotFound."""
    return _found(db.session.get(Engagement, engagement_id))


def publications(year: int | None = None) -> Sequence[Publication]:
    """What was published in a year, or in all, the newest year first."""
    statement = select(Publication).order_by(Publication.year.desc(), Publication.id)
    if year is not None:
        statement = statement.where(Publication.year == year)
    return db.session.scalars(statement).all()


def projects() -> Sequence[Project]:
    """Every project, the newest first."""
    order = (Project.starts_on.desc(), Project.id.desc())
    return db.session.scalars(select(Project).order_by(*order)).all()


def projects_in(year: int) -> Sequence[Project]:
    """The projects with a day in the year."""
    statement = _in_year(select(Project), Project, year)
    return db.session.scalars(statement.order_by(Project.starts_on, Project.id)).all()


def project(project_id: int) -> Project:
    """The project with this number; raises NotFound."""
    return _found(db.session.get(Project, project_id))


def _select_planned() -> Select[MainArea, int]:
    joined = select(MainArea, Allocation.hundredths).outerjoin(
        Allocation, Allocation.main_area_id == MainArea.id
    )
    return joined.order_by(MainArea.year.desc(), MainArea.number)


def _planned(
    statement: Select[MainArea, int],
) -> Sequence[PlannedArea]:
    rows = db.session.execute(statement)
    return [PlannedArea(area, hundredths or 0) for area, hundredths in rows]


def _in_year(
    statement: Select[Kept], table: type[Engagement] | type[Project], year: int
) -> Select[Kept]:
    still_going = or_(table.ends_on.is_(None), table.ends_on >= date(year, 1, 1))
    return statement.where(table.starts_on <= date(year, 12, 31), still_going)


def _found(row: Kept | None) -> Kept:
    if row is None:
        raise NotFound
    return row
