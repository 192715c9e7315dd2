"""Tables: the editors' texts of a year's report, and the report as it was whenever locked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Json, Model, Moment, Texts, enum_column
from app.reports.rules.forms import ReportFormat


class ReportText(Model):
    """One text of a year's report in the editors' words, kept apart from every figure."""

    __tablename__ = "report_texts"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    words: Mapped[dict[str, str]] = mapped_column(Texts)
    edited_at: Mapped[datetime] = mapped_column(Moment)


class ReportSnapshot(Model):
    """A report as it was locked; the newest version of a year holds until its lock is lifted.

    `figures` holds each figure with the pseudonyms of those behind it, to compare later versions
    with; `indicators` the definition and the numbers of each. What the version prints are its
    `ReportPrint`s. Nothing of it ever changes but its being lifted.
    """

    __tablename__ = "report_snapshots"
    __table_args__ = (UniqueConstraint("year", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    version: Mapped[int]
    figures: Mapped[dict[str, Any]] = mapped_column(Json)
    # Empty in versions that were locked when only the figures were kept.
    indicators: Mapped[dict[str, Any]] = mapped_column(Json, default=dict)
    content_hash: Mapped[str] = mapped_column(String(64), default="")
    locked_at: Mapped[datetime] = mapped_column(Moment)
    locked_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)
    lifted_by: Mapped[int | None] = mapped_column(ForeignKey("staff.id"))
    lifted_because: Mapped[str] = mapped_column(String(500), default="")

    @property
    def whole(self) -> bool:
        """Whether all that it printed was kept, not its figures alone."""
        return bool(self.content_hash)


class ReportPrint(Model):
    """A locked version as it leaves in a language and a form, to the byte."""

    __tablename__ = "report_prints"

    snapshot_id: Mapped[int] = mapped_column(
        ForeignKey("report_snapshots.id", ondelete="CASCADE"),
        primary_key=True,
        autoincrement=False,
    )
    language: Mapped[str] = mapped_column(String(8), primary_key=True)
    form: Mapped[ReportFormat] = mapped_column(enum_column(ReportFormat, 8), primary_key=True)
    content: Mapped[str] = mapped_column(Text)
