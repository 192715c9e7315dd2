"""Tables: devices, the rules of doors, the log of scans, and what follows from it."""

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
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.checkin.rules.crowd import Inside
from app.checkin.rules.intake import LONGEST_CODE, LONGEST_GATE, LONGEST_ID
from app.checkin.rules.moves import Entries, Kind, Settled
from app.core.database import Id, Json, Model, Moment

EXITS = text("kind = 'exit'")
OVERRULED = text("override IS NOT NULL")
# A device's number and, where it counts several things, the name of the counter.
LONGEST_COUNTER = 80


class Device(Model):
    """A phone at a gate, without an account. Its token is kept as a hash only."""

    __tablename__ = "devices"

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    gate: Mapped[str] = mapped_column(String(LONGEST_GATE))
    rights: Mapped[list[str]] = mapped_column(Json)
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    # The pairing code is worked out from the nonce; once used the nonce is emptied.
    pairing_nonce: Mapped[str | None] = mapped_column(String(40))
    pairing_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    pairing_ends_at: Mapped[datetime | None] = mapped_column(Moment)
    created_at: Mapped[datetime] = mapped_column(Moment)
    paired_at: Mapped[datetime | None] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    # Unpaired by those who had the phone: it may deliver what waits on it, as before.
    left_at: Mapped[datetime | None] = mapped_column(Moment)
    # What the phone last told of itself, and when; None where it has not told.
    seen_at: Mapped[datetime | None] = mapped_column(Moment)
    list_version: Mapped[int | None] = mapped_column(BigInteger)
    listed_at: Mapped[datetime | None] = mapped_column(Moment)
    unsent: Mapped[int | None] = mapped_column(Integer)
    camera: Mapped[bool | None]
    tested_at: Mapped[datetime | None] = mapped_column(Moment)
    offset_ms: Mapped[int | None] = mapped_column(BigInteger)
    # The word that unlocks the search by name offline is worked out from the nonce.
    unlock_nonce: Mapped[str | None] = mapped_column(String(40))
    unlocked_until: Mapped[datetime | None] = mapped_column(Moment)

    @property
    def is_paired(self) -> bool:
        """Whether a phone stands for it now."""
        return self.paired_at is not None and self.left_at is None


class DoorRule(Model):
    """When and whom a gate lets in; the empty gate speaks for all gates of the event.

    What the event as a whole has, `entries`, `reentry`, `most_inside`, `warn_at` and
    `limit_of`, is taken from the row of the empty gate alone.
    """

    __tablename__ = "door_rules"
    __table_args__ = (UniqueConstraint("event_id", "gate"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    gate: Mapped[str] = mapped_column(String(LONGEST_GATE), default="")
    opens_at: Mapped[datetime | None] = mapped_column(Moment)
    closes_at: Mapped[datetime | None] = mapped_column(Moment)
    kinds: Mapped[list[str] | None] = mapped_column(Json)
    session_id: Mapped[int | None] = mapped_column(ForeignKey("sessions.id"))
    entries: Mapped[Entries] = mapped_column(String(8), default=Entries.ONCE)
    reentry: Mapped[bool] = mapped_column(default=True)
    # How many the place holds, and at how many per cent of it the doors are warned.
    most_inside: Mapped[int | None] = mapped_column(Integer)
    warn_at: Mapped[int] = mapped_column(Integer, default=90, server_default="90")
    # Whom the limit looks at: who is counted by hand, ticket holders, or both together.
    limit_of: Mapped[Inside] = mapped_column(String(8), default="counted", server_default="counted")


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
    code: Mapped[str] = mapped_column(String(LONGEST_CODE))
    kind: Mapped[Kind] = mapped_column(String(5))
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
    # What was answered, so that the same scan gets the same answer.
    answer: Mapped[dict[str, Any]] = mapped_column(Json)
    # The answer's `override`: why the rules say no to somebody who was let in all the same.
    override: Mapped[str | None] = mapped_column(String(12))


class Admission(Model):
    """The first valid entry of an epoch; worked out from the scans of the ticket."""

    __tablename__ = "admissions"
    __table_args__ = (
        Index("ix_admissions_event", "event_id", "ticket_id"),
        Index("ix_admissions_at", "at"),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(Id, primary_key=True)
    session_id: Mapped[int] = mapped_column(Id, primary_key=True)
    epoch: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    scan_id: Mapped[str] = mapped_column(String(LONGEST_ID))
    at: Mapped[datetime] = mapped_column(Moment)
    gate: Mapped[str] = mapped_column(String(LONGEST_GATE))
    device: Mapped[str] = mapped_column(String(40))


class DoubleAdmission(Model):
    """One ticket admitted twice by different phones: this scan, and the one that counts."""

    __tablename__ = "double_admissions"
    __table_args__ = (Index("ix_double_admissions_event", "event_id"),)

    scan_id: Mapped[str] = mapped_column(ForeignKey("scans.id"), primary_key=True)
    first_id: Mapped[str] = mapped_column(ForeignKey("scans.id"))
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    event_id: Mapped[int] = mapped_column(Id)
    session_id: Mapped[int] = mapped_column(Id)


class QuarantinedScan(Model):
    """What came and could not be taken as a scan, kept as it came."""

    __tablename__ = "quarantined_scans"
    __table_args__ = (Index("ix_quarantined_scans_event", "event_id"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    # SHA-256 of device and content: the same thing is kept once.
    digest: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    device: Mapped[str] = mapped_column(String(40))
    event_id: Mapped[int | None] = mapped_column(Id)
    reason: Mapped[str] = mapped_column(String(20))
    content: Mapped[str] = mapped_column(Text)
    received_at: Mapped[datetime] = mapped_column(Moment)
    # What the lead did about it, and when; None while it waits for a look.
    settled: Mapped[Settled | None] = mapped_column(String(8))
    settled_at: Mapped[datetime | None] = mapped_column(Moment)


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


class Tally(Model):
    """One counter of people without tickets: totals of one device at one gate, which only grow."""

    __tablename__ = "tallies"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(LONGEST_COUNTER), primary_key=True)
    gate: Mapped[str] = mapped_column(String(LONGEST_GATE), primary_key=True)
    entered: Mapped[int] = mapped_column(BigInteger)
    left: Mapped[int] = mapped_column(BigInteger)
    at: Mapped[datetime] = mapped_column(Moment)


class TallyReading(Model):
    """Where a counter stood at the end of a quarter of an hour; `quarter_at` is its beginning."""

    __tablename__ = "tally_readings"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    device: Mapped[str] = mapped_column(String(LONGEST_COUNTER), primary_key=True)
    gate: Mapped[str] = mapped_column(String(LONGEST_GATE), primary_key=True)
    quarter_at: Mapped[datetime] = mapped_column(Moment, primary_key=True)
    entered: Mapped[int] = mapped_column(BigInteger)
    left: Mapped[int] = mapped_column(BigInteger)


class TallyCorrection(Model):
    """What the desk adds to a gate's count, or takes from it; rows are only ever added."""

    __tablename__ = "tally_corrections"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    gate: Mapped[str] = mapped_column(String(LONGEST_GATE))
    entered: Mapped[int] = mapped_column(Integer)
    left: Mapped[int] = mapped_column(Integer)
    reason: Mapped[str] = mapped_column(String(200))
    made_at: Mapped[datetime] = mapped_column(Moment)
