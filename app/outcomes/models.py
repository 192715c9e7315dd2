"""Tables: indicator definitions that staff add, and estimates that nobody can count."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Json, Model, Moment
from app.events.models import Event


class Indicator(Model):
    """One version of a definition; it is never changed, a new version is made instead."""

    __tablename__ = "indicators"
    __table_args__ = (UniqueConstraint("key", "version"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(40))
    version: Mapped[int]
    content: Mapped[dict[str, Any]] = mapped_column(Json)
    content_hash: Mapped[str] = mapped_column(String(64))
    defined_at: Mapped[datetime] = mapped_column(Moment)


class Estimate(Model):
    """How many there were at an event as judged by a method; the newest counts."""

    __tablename__ = "estimates"
    __table_args__ = (CheckConstraint("low <= value AND value <= high", name="within_bounds"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey(Event.id), index=True)
    value: Mapped[int]
    low: Mapped[int]
    high: Mapped[int]
    method: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
