"""Tables: people, staff and their roles, sign-in links, browser sessions, API tokens."""

from __future__ import annotations

from datetime import datetime
from typing import TypedDict

from sqlalchemy import ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import clock, personal
from app.core.access import StaffRole
from app.core.database import Id, Json, Model, Moment, enum_column
from app.core.folding import fold, fold_email
from app.core.languages import DEFAULT


class Person(Model):
    """An address and a name, both folded: three colleagues may share one address."""

    __tablename__ = "people"
    __table_args__ = (UniqueConstraint("email", "name_folded"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str | None] = mapped_column(String(254), index=True, info=personal.IDENTITY)
    name: Mapped[str] = mapped_column(String(200), default="", info=personal.IDENTITY)
    name_folded: Mapped[str | None] = mapped_column(String(200), info=personal.IDENTITY)
    language: Mapped[str] = mapped_column(String(8), default=DEFAULT, info=personal.IDENTITY)
    created_at: Mapped[datetime] = mapped_column(Moment)
    # How often the address was corrected: what was sent to an earlier one opens nothing.
    link_number: Mapped[int] = mapped_column(default=0, server_default="0")
    # Why nothing of this person is deleted by itself ("demo", a journalised case).
    retention_hold: Mapped[str | None] = mapped_column(String(60), info=personal.IDENTITY)
    erased_at: Mapped[datetime | None] = mapped_column(Moment)


class PersonMet(TypedDict):
    """What is known of somebody who is met now, by column."""

    email: str
    name: str
    name_folded: str
    language: str
    created_at: datetime


def columns_of_person(email: str, name: str, language: str) -> PersonMet:
    """The values of a person's row who is met now."""
    return {
        "email": fold_email(email),
        "name": name.strip(),
        "name_folded": fold(name),
        "language": language,
        "created_at": clock.now(),
    }


class Staff(Model):
    """An account at the desk. It signs in with its address like anyone else."""

    __tablename__ = "staff"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), unique=True, info=personal.STAFF)
    name: Mapped[str] = mapped_column(String(200), default="", info=personal.STAFF)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class StaffRoleGrant(Model):
    """One role of a member of staff; taking it away takes effect on the next request."""

    __tablename__ = "staff_roles"

    staff_id: Mapped[int] = mapped_column(
        ForeignKey("staff.id", ondelete="CASCADE"), primary_key=True
    )
    role: Mapped[StaffRole] = mapped_column(enum_column(StaffRole, 20), primary_key=True)


class SignInLink(Model):
    """A one-time link (and six digits for another device), valid ten minutes."""

    __tablename__ = "sign_in_links"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    email: Mapped[str] = mapped_column(String(254), index=True, info=personal.LINK)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info=personal.LINK)
    code_hash: Mapped[bytes] = mapped_column(LargeBinary(32), info=personal.LINK)
    next_path: Mapped[str | None] = mapped_column(String(500), info=personal.LINK)
    created_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment, index=True)
    used_at: Mapped[datetime | None] = mapped_column(Moment)


class BrowserSession(Model):
    """One mail address signed in on one browser, listed and revocable."""

    __tablename__ = "browser_sessions"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True, info=personal.VISIT)
    email: Mapped[str] = mapped_column(String(254), index=True, info=personal.VISIT)
    browser: Mapped[str] = mapped_column(String(80), default="", info=personal.VISIT)
    created_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class ApiToken(Model):
    """A machine's bearer token with its scopes; only the hash is kept."""

    __tablename__ = "api_tokens"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    name: Mapped[str] = mapped_column(String(100), unique=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    scopes: Mapped[list[str]] = mapped_column(Json)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
