"""Letters to many: the text, whom it was written for, and which letters of the outbox it became."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.core.database import Id, Model, Moment, Texts, enum_column
from app.events.models import Event
from app.mailings.rules.states import About, MailingState


class Mailing(Model):
    """One letter to many, from the list of one event; subject and text by language."""

    __tablename__ = "mailings"
    __table_args__ = (
        Index("ix_mailings_event", "event_id"),
        CheckConstraint("state = 'draft' OR leaves_at IS NOT NULL", name="leaves"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    about: Mapped[About] = mapped_column(enum_column(About, 12))
    subjects: Mapped[dict[str, str]] = mapped_column(Texts, default=dict)
    texts: Mapped[dict[str, str]] = mapped_column(Texts, default=dict)
    state: Mapped[MailingState] = mapped_column(
        enum_column(MailingState, 12), default=MailingState.DRAFT
    )
    staff_id: Mapped[int] = mapped_column(ForeignKey("staff.id"))
    created_at: Mapped[datetime] = mapped_column(Moment)
    leaves_at: Mapped[datetime | None] = mapped_column(Moment)

    event: Mapped[Event] = relationship(lazy="raise_on_sql")


class Recipient(Model):
    """Whom a letter was written for: an application or an enrolment, by its number alone."""

    __tablename__ = "mailing_recipients"

    mailing_id: Mapped[int] = mapped_column(
        ForeignKey("mailings.id"), primary_key=True, autoincrement=False
    )
    # No foreign key: what it points at stands above, and depends on `about`.
    subject_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)


class MailingLetter(Model):
    """A letter of the outbox and the recipient it stands with; gone when the letter is."""

    __tablename__ = "mailing_letters"
    __table_args__ = (
        Index("ix_mailing_letters_subject", "subject_id"),
        Index("ix_mailing_letters_letter", "letter_id"),
    )

    mailing_id: Mapped[int] = mapped_column(
        ForeignKey("mailings.id"), primary_key=True, autoincrement=False
    )
    subject_id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    letter_id: Mapped[int] = mapped_column(
        ForeignKey("letters.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
