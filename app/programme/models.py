"""Tables: main areas with their person-years, engagements, publications and projects."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import personal
from app.core.database import Id, Json, Model, Texts, enum_column
from app.programme.rules import EngagementKind


class MainArea(Model):
    """One of a year's main areas, with what is planned in it."""

    __tablename__ = "main_areas"
    __table_args__ = (UniqueConstraint("year", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    year: Mapped[int]
    number: Mapped[int]
    name: Mapped[dict[str, str]] = mapped_column(Texts)
    activities: Mapped[list[dict[str, str]]] = mapped_column(Json, default=list)


class Allocation(Model):
    """The person-years set aside for a main area, in hundredths."""

    __tablename__ = "allocations"
    __table_args__ = (CheckConstraint("hundredths > 0", name="some_time"),)

    main_area_id: Mapped[int] = mapped_column(
        ForeignKey("main_areas.id", ondelete="CASCADE"), primary_key=True
    )
    hundredths: Mapped[int]


class Engagement(Model):
    """Work in an area's plan, from a day until another or until further notice."""

    __tablename__ = "engagements"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="starts_before_it_ends"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[EngagementKind] = mapped_column(enum_column(EngagementKind, 20))
    name: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]


class Publication(Model):
    """Something published in a year, or nearly; the note says how far it is."""

    __tablename__ = "publications"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    year: Mapped[int] = mapped_column(index=True)
    title: Mapped[dict[str, str]] = mapped_column(Texts)
    note: Mapped[dict[str, str]] = mapped_column(Texts, default=dict)


class Project(Model):
    """A project with its period; it may be handed over to another owner."""

    __tablename__ = "projects"
    __table_args__ = (CheckConstraint("ends_on >= starts_on", name="starts_before_it_ends"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    handed_to: Mapped[str] = mapped_column(String(200), default="", info=personal.CONTACT)
    note: Mapped[dict[str, str]] = mapped_column(Texts, default=dict)


# What a register holds, each with a number of its own.
Registered = MainArea | Engagement | Publication | Project
