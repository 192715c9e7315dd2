"""Who was reminded."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    ForeignKey,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Model, Moment


class DayReminder(Model):
    """The one reminder that an enrolment gets."""

    __tablename__ = "day_reminders"

    enrolment_id: Mapped[int] = mapped_column(
        ForeignKey("enrolments.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sent_at: Mapped[datetime] = mapped_column(Moment)
