"""Organisations, who represents them, what they consent to, and requests to act for them."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core import personal
from app.core.database import Id, Json, Model, Moment, Texts, bytewise
from app.people.models import Person

SortText = bytewise(240)


class Organisation(Model):
    """An association, restaurant or other body: one record across all years."""

    __tablename__ = "organisations"
    __table_args__ = (
        UniqueConstraint("kind", "name_folded"),
        Index("uq_organisations_cvr", "cvr", unique=True),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[str] = mapped_column(String(120), info=personal.ORGANISATION)
    name_folded: Mapped[str] = mapped_column(String(160), info=personal.ORGANISATION)
    search_text: Mapped[str] = mapped_column(default="", info=personal.ORGANISATION)
    sort_text: Mapped[str] = mapped_column(
        SortText, default="", server_default="", info=personal.ORGANISATION
    )
    cvr: Mapped[str | None] = mapped_column(String(8), info=personal.ORGANISATION)
    district: Mapped[str | None] = mapped_column(String(20))
    activity: Mapped[dict[str, str]] = mapped_column(
        Texts, default=dict, info=personal.ORGANISATION
    )
    languages: Mapped[list[str]] = mapped_column(Json, default=list)
    target_groups: Mapped[list[str]] = mapped_column(Json, default=list)
    members: Mapped[int | None]
    website: Mapped[str | None] = mapped_column(String(200), info=personal.ORGANISATION)
    public_mail: Mapped[str | None] = mapped_column(String(254), info=personal.PUBLIC_CONTACT)
    public_phone: Mapped[str | None] = mapped_column(String(20), info=personal.PUBLIC_CONTACT)
    created_at: Mapped[datetime] = mapped_column(Moment)
    profile_saved_at: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def facts(self) -> dict[str, Any]:
        """What consent may be given for, by field."""
        return {
            "name": self.name,
            "activity": self.activity,
            "district": self.district,
            "languages": self.languages,
            "target_groups": self.target_groups,
            "members": self.members,
            "website": self.website,
            "public_mail": self.public_mail,
            "public_phone": self.public_phone,
        }


class Representative(Model):
    """A person who may act for an organisation, until handed over or left."""

    __tablename__ = "representatives"
    __table_args__ = (
        Index(
            "uq_representatives_live",
            "organisation_id",
            "person_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_representatives_person", "person_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    since: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")


class Consent(Model):
    """One field of an organisation that may stand on one public surface."""

    __tablename__ = "organisation_consents"
    __table_args__ = (UniqueConstraint("organisation_id", "surface", "field"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    field: Mapped[str] = mapped_column(String(20))
    surface: Mapped[str] = mapped_column(String(20))
    text_version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime] = mapped_column(Moment)


class Claim(Model):
    """A person asks to act for an organisation that exists; staff decide."""

    __tablename__ = "organisation_claims"
    __table_args__ = (
        Index(
            "uq_organisation_claims_open",
            "organisation_id",
            "person_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    message: Mapped[str] = mapped_column(String(1000), default="", info=personal.CLAIM)
    state: Mapped[str] = mapped_column(String(10))
    created_at: Mapped[datetime] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)

    person: Mapped[Person] = relationship(lazy="raise_on_sql")
    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
