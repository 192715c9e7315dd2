"""The locked versions of a year's report, and what each prints."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select

from app.core.database import db
from app.core.languages import DEFAULT
from app.core.refusals import NotFound
from app.people.models import Staff
from app.reports.models import ReportPrint, ReportSnapshot
from app.reports.rules.forms import ReportFormat
from app.reports.rules.keeping import unpacked
from app.reports.rules.paper import YearlyReport


@dataclass(frozen=True, slots=True)
class Version:
    """A locked version with the names of who locked it and of who lifted the lock."""

    snapshot: ReportSnapshot
    locked_by: str
    lifted_by: str


def snapshots(year: int) -> Sequence[ReportSnapshot]:
    """The locked versions of a year, the newest first."""
    return db.session.scalars(
        select(ReportSnapshot)
        .where(ReportSnapshot.year == year)
        .order_by(ReportSnapshot.version.desc())
    ).all()


def snapshot(year: int) -> ReportSnapshot | None:
    """The newest version of a year, its lock lifted or not."""
    return next(iter(snapshots(year)), None)


def locked(year: int) -> ReportSnapshot | None:
    """The version that holds now: the newest, unless its lock has been lifted."""
    newest = snapshot(year)
    return newest if newest is not None and newest.lifted_at is None else None


def year_is_locked(year: int) -> bool:
    """Whether the report of a year is locked, so that what it counted may not be taken back."""
    return locked(year) is not None


def locked_years() -> dict[int, int]:
    """Each year that is locked, with its version."""
    newest = select(func.max(ReportSnapshot.id)).group_by(ReportSnapshot.year)
    rows = db.session.execute(
        select(ReportSnapshot.year, ReportSnapshot.version).where(
            ReportSnapshot.id.in_(newest), ReportSnapshot.lifted_at.is_(None)
        )
    )
    return {row.year: row.version for row in rows}


def versions(year: int) -> list[Version]:
    """All versions of a year, the newest first."""
    found = snapshots(year)
    numbers = {number for one in found for number in (one.locked_by, one.lifted_by)} - {None}
    rows = db.session.execute(select(Staff.id, Staff.name).where(Staff.id.in_(numbers)))
    names = {row.id: row.name for row in rows}
    return [
        Version(one, names.get(one.locked_by, ""), names.get(one.lifted_by, "")) for one in found
    ]


def version(year: int, number: int) -> ReportSnapshot:
    """One version of a year; raises NotFound."""
    found = db.session.scalar(
        select(ReportSnapshot).where(ReportSnapshot.year == year, ReportSnapshot.version == number)
    )
    if found is None:
        raise NotFound
    return found


def print_of(snapshot: ReportSnapshot, language: str, form: ReportFormat) -> str:
    """What a version prints, to the byte; raises NotFound."""
    content = db.session.scalar(
        select(ReportPrint.content).where(
            ReportPrint.snapshot_id == snapshot.id,
            ReportPrint.language == language,
            ReportPrint.form == form,
        )
    )
    if content is None:
        raise NotFound
    return content


def paper_of(snapshot: ReportSnapshot, language: str = DEFAULT) -> YearlyReport:
    """The report as a version has it; raises NotFound where only its figures were kept."""
    return unpacked(print_of(snapshot, language, ReportFormat.PAPER))
