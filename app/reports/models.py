"""Tables: the editors' texts of a year's report, and the figures as they were when locked."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Json, Model, Moment, Texts


class ReportText(Model):
    """One text of a year's report in the editors' words, kept apart from every figure."""

    __tablename__ = "report_texts"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    words: Mapped[dict[str, str]] = mapped_column(Texts)
    edited_at: Mapped[datetime] = mapped_column(Moment)


class ReportSnapshot(Model):
    """The figures of a report on the day it was locked; the newest of a year counts."""

    __tablename__ = "report_snapshots"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    figures: Mapped[dict[str, Any]] = mapped_column(Json)
    locked_at: Mapped[datetime] = mapped_column(Moment)
