"""Tables: which mails were read, and when the mailbox is looked into next."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Model, Moment, enum_column
from app.returns.rules import MailOutcome


class ReadMail(Model):
    """A mail that was read, so that no other reader takes it up; nothing of it is kept."""

    __tablename__ = "read_mail"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    read_at: Mapped[datetime] = mapped_column(Moment, index=True)
    outcome: Mapped[MailOutcome] = mapped_column(enum_column(MailOutcome, 12))
    letter_id: Mapped[int | None] = mapped_column(Id)
    # Why it could not be read.
    note: Mapped[str] = mapped_column(String(60), default="")


class ReturnBox(Model):
    """When the box is looked into next, and since when it cannot be read."""

    __tablename__ = "return_box"
    __table_args__ = (CheckConstraint("id = 1", name="only"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    next_at: Mapped[datetime] = mapped_column(Moment)
    failing_since: Mapped[datetime | None] = mapped_column(Moment)
    said: Mapped[str] = mapped_column(String(200), default="")
