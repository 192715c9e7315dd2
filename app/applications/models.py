"""Applications, the links that answer an offer, the thread with the team, reviewers' scores."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.applications.rules import answers
from app.applications.rules.states import SENT_IN, Role, State
from app.core import personal
from app.core.database import Id, Json, Model, Moment, enum_column
from app.events.models import Event
from app.organisations.models import Organisation

LIVE = "state NOT IN ('declined', 'withdrawn', 'cancelled')"


class Application(Model):
    """One organisation asking for one role at one event.

    `details` are the checked answers as last sent in; `draft` are the raw ones being written
    (None when nothing is). `seen` and `seen_name` are what the team last looked at.
    """

    __tablename__ = "applications"
    __table_args__ = (
        Index(
            "uq_applications_live",
            "organisation_id",
            "event_id",
            "role",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_applications_event_role", "event_id", "role", "state"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisations.id"))
    role: Mapped[Role] = mapped_column(enum_column(Role, 20))
    state: Mapped[State] = mapped_column(enum_column(State, 12))
    reason: Mapped[str] = mapped_column(String(1000), default="", info=personal.APPLICATION)

    power_amp: Mapped[int | None]
    phases: Mapped[int] = mapped_column(default=1)
    water: Mapped[bool] = mapped_column(default=False)
    gas: Mapped[bool] = mapped_column(default=False)
    frontage_cm: Mapped[int | None]
    details: Mapped[dict[str, Any]] = mapped_column(Json, default=dict, info=personal.APPLICATION)
    draft: Mapped[dict[str, list[str]] | None] = mapped_column(Json, info=personal.APPLICATION)

    prepared: Mapped[State | None] = mapped_column(enum_column(State, 12))
    prepared_reason: Mapped[str] = mapped_column(
        String(1000), default="", info=personal.APPLICATION
    )
    prepared_by: Mapped[int | None] = mapped_column(Id)
    needs_look: Mapped[bool] = mapped_column(default=False)
    seen: Mapped[dict[str, Any] | None] = mapped_column(Json, info=personal.APPLICATION)
    seen_name: Mapped[str | None] = mapped_column(String(120), info=personal.APPLICATION)

    created_at: Mapped[datetime] = mapped_column(Moment)
    on_behalf_by: Mapped[int | None] = mapped_column(Id)
    submitted_at: Mapped[datetime | None] = mapped_column(Moment)
    waitlisted_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    confirm_by: Mapped[datetime | None] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    # What a release can be taken back to while its letters have not left.
    state_before: Mapped[State | None] = mapped_column(enum_column(State, 12))
    release_letters: Mapped[list[int]] = mapped_column(Json, default=list)

    # The version in which the own questions among `details` were answered.
    questions_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_versions.id"))

    @property
    def has_unsent_changes(self) -> bool:
        """Something was corrected after sending in, and the correction was not sent."""
        return self.draft is not None and self.state in SENT_IN

    @property
    def sent(self) -> dict[str, list[str]]:
        """The raw answers as they were last sent in."""
        return answers.written_again(self.details)

    @property
    def written(self) -> dict[str, list[str]]:
        """The raw answers as they stand now: those being written, else those sent in."""
        return self.sent if self.draft is None else self.draft

    organisation: Mapped[Organisation] = relationship(lazy="raise_on_sql")
    event: Mapped[Event] = relationship(lazy="raise_on_sql")
    role_questions: Mapped[RoleQuestions | None] = relationship(
        lazy="raise_on_sql",
        primaryjoin="and_(Application.event_id == foreign(RoleQuestions.event_id), "
        "Application.role == foreign(RoleQuestions.role))",
        viewonly=True,
        uselist=False,
    )

    @property
    def asked_id(self) -> int | None:
        """The version of own questions that is asked of its role now."""
        return self.role_questions.asked_id if self.role_questions else None


class RoleQuestions(Model):
    """Which own questions an event asks of those who apply for a role; none where it asks none."""

    __tablename__ = "role_questions"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    role: Mapped[Role] = mapped_column(enum_column(Role, 20), primary_key=True)
    asked_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_versions.id"))


class AnswerLink(Model):
    """What lets one correspondent say yes or no to the offer of a place without signing in.

    It is open as long as the application waits for that answer, so it has no end of its own.
    """

    __tablename__ = "answer_links"
    __table_args__ = (Index("ix_answer_links_application", "application_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(
        LargeBinary(32), unique=True, info=personal.APPLICATION
    )
    # The link number of its person when it was sent; once that is another, it opens nothing.
    link_number: Mapped[int] = mapped_column(default=0, server_default="0")
    made_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Message(Model):
    """A question from the team, or the applicant's answer to it."""

    __tablename__ = "application_messages"
    __table_args__ = (Index("ix_application_messages_application", "application_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    from_team: Mapped[bool]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    body: Mapped[str] = mapped_column(String(4000), info=personal.APPLICATION)
    answer_by: Mapped[datetime | None] = mapped_column(Moment)
    written_at: Mapped[datetime] = mapped_column(Moment)


class Review(Model):
    """One reviewer's score and comment; a new one replaces the old."""

    __tablename__ = "application_reviews"
    __table_args__ = (UniqueConstraint("application_id", "staff_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    score: Mapped[int]
    comment: Mapped[str] = mapped_column(String(2000), default="", info=personal.APPLICATION)
    written_at: Mapped[datetime] = mapped_column(Moment)
