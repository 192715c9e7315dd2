"""Tables: surveys, their waves, personal invitations, and responses."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import personal
from app.core.database import Id, Model, Moment, enum_column
from app.surveys.rules import Audience, Disposition


class Survey(Model):
    """Whom a questionnaire is for and how long after their own date they are asked.

    `event_kind`, `topic` and `role` narrow the audience; None leaves it wide.
    """

    __tablename__ = "surveys"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    audience: Mapped[Audience] = mapped_column(enum_column(Audience, 14))
    event_kind: Mapped[str | None] = mapped_column(String(20))
    topic: Mapped[str | None] = mapped_column(String(40))
    role: Mapped[str | None] = mapped_column(String(20))
    delay_days: Mapped[int] = mapped_column(default=0)


class Wave(Model):
    """One round of a survey: everyone whose own date lies between two days, both included."""

    __tablename__ = "waves"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("surveys.id"), index=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"))
    name: Mapped[str] = mapped_column(String(80))
    from_day: Mapped[date]
    to_day: Mapped[date]
    closes_on: Mapped[date]
    started_at: Mapped[datetime] = mapped_column(Moment)
    planned_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class Invitation(Model):
    """One person asked once in a wave, and what became of it. The id is random.

    The link's token is worked out from the id and the secret key; only its hash is kept, and
    none once the link is cut. `event_id` or `task_id` is what asks: the first of the person's.
    """

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("wave_id", "person_id"),
        Index("ix_invitations_due", "disposition", "due_at"),
        Index("ix_invitations_person", "person_id"),
        Index("ix_invitations_wave", "wave_id", "disposition"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    task_id: Mapped[int | None] = mapped_column(ForeignKey("advisory_tasks.id"), index=True)
    language: Mapped[str] = mapped_column(String(8), info=personal.FOLLOW_UP)
    token_hash: Mapped[bytes | None] = mapped_column(
        LargeBinary(32), unique=True, info=personal.FOLLOW_UP
    )
    disposition: Mapped[Disposition] = mapped_column(enum_column(Disposition, 8))
    due_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    reminders: Mapped[int] = mapped_column(default=0)
    reminded_at: Mapped[datetime | None] = mapped_column(Moment)
    # The newest letter; no foreign key, for letters are emptied and dropped on their own terms.
    letter_id: Mapped[int | None] = mapped_column(Id, index=True)


class Response(Model):
    """A set of answers in a wave; it is complete when its answer set is.

    Without an invitation it was entered from paper or from a panel.
    """

    __tablename__ = "responses"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    wave_id: Mapped[int] = mapped_column(ForeignKey("waves.id"), index=True)
    invitation_id: Mapped[int | None] = mapped_column(ForeignKey("invitations.id"), unique=True)
    answer_set_id: Mapped[int] = mapped_column(ForeignKey("answer_sets.id"), unique=True)
