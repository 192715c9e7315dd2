"""Printings, and their finished files."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Model, Moment, enum_column
from app.core.languages import DEFAULT
from app.core.personal import PRINTED
from app.printing.rules import PaperKind, PrintChoice, PrintReason, PrintState


class Printing(Model):
    """Badges or tickets of many people, ordered at the desk and made by a worker.

    `lease` is the number of the worker's turn: whoever holds another one has lost it.
    """

    __tablename__ = "printings"
    __table_args__ = (
        Index("ix_printings_event", "event_id", "id"),
        Index("ix_printings_state", "state", "id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    paper: Mapped[PaperKind] = mapped_column(enum_column(PaperKind, 12))
    choice: Mapped[PrintChoice] = mapped_column(enum_column(PrintChoice, 8))
    # Only where the choice is one person.
    enrolment_id: Mapped[int | None] = mapped_column(ForeignKey("enrolments.id"))
    blanks: Mapped[int] = mapped_column(Integer, default=0)
    language: Mapped[str] = mapped_column(String(8), default=DEFAULT)
    state: Mapped[PrintState] = mapped_column(
        enum_column(PrintState, 12), default=PrintState.WAITING
    )
    reason: Mapped[PrintReason] = mapped_column(
        enum_column(PrintReason, 12), default=PrintReason.NONE
    )
    done: Mapped[int] = mapped_column(Integer, default=0)
    people: Mapped[int] = mapped_column(Integer, default=0)
    attempts: Mapped[int] = mapped_column(Integer, default=0)
    lease: Mapped[int | None] = mapped_column(BigInteger)
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    ordered_at: Mapped[datetime] = mapped_column(Moment)
    finished_at: Mapped[datetime | None] = mapped_column(Moment)


class PrintedFile(Model):
    """The finished PDF, for a day. A row, so that every node can hand it out."""

    __tablename__ = "printed_files"

    printing_id: Mapped[int] = mapped_column(
        ForeignKey("printings.id"), primary_key=True, autoincrement=False
    )
    content: Mapped[bytes] = mapped_column(LargeBinary, info=PRINTED)
