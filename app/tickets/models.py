"""What is scanned, and whose ticket a finished printing holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    false,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Model, Moment, enum_column
from app.core.personal import PLACE_CODE
from app.tickets.rules.states import TicketState

LIVE_TICKET = text("state = 'live'")
UNHASHED = text("short_hash IS NULL")
NOT_LIVE = text("state <> 'live'")


class Ticket(Model):
    """What is scanned. A reissue is a new row with a new id; the old one is replaced."""

    __tablename__ = "tickets"
    __table_args__ = (
        UniqueConstraint("event_id", "short_code"),
        Index("ix_tickets_enrolment", "enrolment_id"),
        Index(
            "uq_tickets_live",
            "enrolment_id",
            unique=True,
            sqlite_where=LIVE_TICKET,
            postgresql_where=LIVE_TICKET,
        ),
        # What a door's list holds, what changed on it since a version, and what it must refuse.
        Index(
            "ix_tickets_revoked",
            "event_id",
            sqlite_where=NOT_LIVE,
            postgresql_where=NOT_LIVE,
        ),
        Index("ix_tickets_list", "event_id", "list_version"),
        Index(
            "ix_tickets_unhashed",
            "event_id",
            sqlite_where=UNHASHED,
            postgresql_where=UNHASHED,
        ),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    code: Mapped[str] = mapped_column(String(128), info=PLACE_CODE)
    short_code: Mapped[str] = mapped_column(String(10), info=PLACE_CODE)
    state: Mapped[TicketState] = mapped_column(
        enum_column(TicketState, 12), default=TicketState.LIVE
    )
    issued_at: Mapped[datetime] = mapped_column(Moment)
    # The workshop's list_version when what a door knows of this ticket last changed.
    list_version: Mapped[int] = mapped_column(BigInteger, default=0, server_default="0")
    # PBKDF2 of the short code, by which a phone without network finds it; worked out later.
    short_hash: Mapped[bytes | None] = mapped_column(LargeBinary(16), info=PLACE_CODE)


class PrintedTicket(Model):
    """Whose ticket a finished printing holds, in whose name: what "new since then" goes by."""

    __tablename__ = "printed_tickets"
    __table_args__ = (Index("ix_printed_tickets_ticket", "ticket_id", "person_id"),)

    printing_id: Mapped[int] = mapped_column(
        ForeignKey("printings.id"), primary_key=True, autoincrement=False
    )
    ticket_id: Mapped[int] = mapped_column(
        ForeignKey("tickets.id"), primary_key=True, autoincrement=False
    )
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    # The name was corrected since: what is printed of it is not what is needed.
    outdated: Mapped[bool] = mapped_column(default=False, server_default=false())
