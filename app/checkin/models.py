"""Tables: the log of scans, what clashes in it, quarantine, and who came without a ticket."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    Text,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.checkin.rules.intake import LONGEST_CODE, LONGEST_ID
from app.checkin.rules.moves import QuarantineOutcome, ScanKind
from app.checkin.rules.reasons import QuarantineReason
from app.core import personal
from app.core.database import Id, Json, Model, Moment, enum_column
from app.devices.rules.doors import LONGEST_GATE

EXITS = text("kind = 'exit'")
OVERRULED = text("override IS NOT NULL")


class Scan(Model):
    """One scan as it came; rows are added, never removed. Times in milliseconds since 1970, UTC.

    Only a later word of what the person was told (`offline` to `after_ms`) changes a row.
    """

    __tablename__ = "scans"
    __table_args__ = (
        Index("ix_scans_ticket", "ticket_id"),
        Index("ix_scans_received", "event_id", "received_ms"),
        Index("ix_scans_exits", "event_id", sqlite_where=EXITS, postgresql_where=EXITS),
        # With the column itself, or SQLite may rather read all scans of the event.
        Index(
            "ix_scans_overruled",
            "event_id",
            "override",
            sqlite_where=OVERRULED,
            postgresql_where=OVERRULED,
        ),
    )

    id: Mapped[str] = mapped_column(String(LONGEST_ID), primary_key=True)
    # A device's number, or who else it was: "token:7", "paper:7".
    device: Mapped[str] = mapped_column(String(40))
    event_id: Mapped[int | None] = mapped_column(Id)
    session_id: Mapped[int] = mapped_column(Id, default=0)
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    code: Mapped[str] = mapped_column(String(LONGEST_CODE), info=personal.ARRIVAL)
    kind: Mapped[ScanKind] = mapped_column(enum_column(ScanKind, 5))
    gate: Mapped[str] = mapped_column(String(LONGEST_GATE))
    at_ms: Mapped[int] = mapped_column(BigInteger)
    seq: Mapped[int] = mapped_column(BigInteger)
    annuls: Mapped[str | None] = mapped_column(String(LONGEST_ID))
    offline: Mapped[bool] = mapped_column(Boolean)
    green: Mapped[bool] = mapped_column(Boolean)
    offset_ms: Mapped[int] = mapped_column(BigInteger, default=0)
    before_ms: Mapped[int | None] = mapped_column(BigInteger)
    after_ms: Mapped[int | None] = mapped_column(BigInteger)
    # When it happened, as far as can be known; the phone's own word stays in at_ms.
    time_ms: Mapped[int] = mapped_column(BigInteger)
    received_ms: Mapped[int] = mapped_column(BigInteger)
    skewed: Mapped[bool] = mapped_column(Boolean, default=False)
    # How many of a group came in, None for all who had not come yet; and for how many the ticket
    # was when the scan came.
    admits: Mapped[int | None] = mapped_column(Integer)
    seats: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    # What was answered, so that the same scan gets the same answer.
    answer: Mapped[dict[str, Any]] = mapped_column(Json, info=personal.ARRIVAL)
    # The answer's `override`: why the rules say no to somebody who was let in all the same.
    override: Mapped[str | None] = mapped_column(String(12))


class DoubleAdmission(Model):
    """One ticket let more in than it is for, by different phones: this scan, and the one that
    counts; `excess` is how many were too many."""

    __tablename__ = "double_admissions"
    __table_args__ = (Index("ix_double_admissions_event", "event_id"),)

    scan_id: Mapped[str] = mapped_column(ForeignKey("scans.id"), primary_key=True)
    first_id: Mapped[str] = mapped_column(ForeignKey("scans.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    event_id: Mapped[int] = mapped_column(Id)
    session_id: Mapped[int] = mapped_column(Id)
    excess: Mapped[int] = mapped_column(Integer, default=1, server_default="1")


class QuarantinedScan(Model):
    """What came and could not be taken as a scan, kept as it came."""

    __tablename__ = "quarantined_scans"
    __table_args__ = (Index("ix_quarantined_scans_event", "event_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    # SHA-256 of device and content: the same thing is kept once.
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    device: Mapped[str] = mapped_column(String(40))
    event_id: Mapped[int | None] = mapped_column(Id)
    reason: Mapped[QuarantineReason] = mapped_column(enum_column(QuarantineReason, 20))
    content: Mapped[str] = mapped_column(Text, info=personal.UNREAD_SCAN)
    received_at: Mapped[datetime] = mapped_column(Moment)
    # What the lead did about it, and when; None while it waits for a look.
    outcome: Mapped[QuarantineOutcome | None] = mapped_column(enum_column(QuarantineOutcome, 8))
    outcome_at: Mapped[datetime | None] = mapped_column(Moment)


class WalkInEntry(Model):
    """The entry of somebody without a ticket; `made_place`: the place was made for it."""

    __tablename__ = "walk_ins"

    scan_id: Mapped[str] = mapped_column(ForeignKey("scans.id"), primary_key=True)
    made_place: Mapped[bool]


class ConflictLook(Model):
    """The lead has looked at a conflict, or at an entry against the rules, by its scan.

    A row of its own: conflicts are worked out anew.
    """

    __tablename__ = "conflict_looks"

    scan_id: Mapped[str] = mapped_column(ForeignKey("scans.id"), primary_key=True)
    looked_at: Mapped[datetime] = mapped_column(Moment)


class NameSearches(Model):
    """What a phone searched by name within ten minutes: how often, not for whom."""

    __tablename__ = "name_searches"

    device_id: Mapped[int] = mapped_column(
        ForeignKey("devices.id", ondelete="CASCADE"), primary_key=True
    )
    # In seconds since 1970.
    begins: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    searches: Mapped[int] = mapped_column(Integer)
    # Those of no more than two letters.
    short: Mapped[int] = mapped_column(Integer)
    # What they cost together; beyond the allowance they are refused.
    spent: Mapped[int] = mapped_column(Integer)
    refused: Mapped[int] = mapped_column(Integer)
