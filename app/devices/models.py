"""Tables: phones at gates, and the rules of doors."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Json, Model, Moment, enum_column
from app.devices.rules.doors import LONGEST_GATE, Entries
from app.devices.rules.limits import Inside


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
    entries: Mapped[Entries] = mapped_column(enum_column(Entries, 8), default=Entries.ONCE)
    reentry: Mapped[bool] = mapped_column(default=True)
    # How many the place holds, and at how many per cent of it the doors are warned.
    most_inside: Mapped[int | None] = mapped_column(Integer)
    warn_at: Mapped[int] = mapped_column(Integer, default=90, server_default="90")
    # Whom the limit looks at: who is counted by hand, ticket holders, or both together.
    limit_of: Mapped[Inside] = mapped_column(
        enum_column(Inside, 8), default="counted", server_default="counted"
    )
