"""The site plan of a festival as rows, and who holds which part of which stall."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.applications.models import Application
from app.core.database import Id, Model, Moment, Texts

LIVE = "state IN ('held', 'confirmed')"


class Zone(Model):
    """A named stretch of the festival; its extent is that of its stalls.

    `call` tells stallholders whom to call there on the day.
    """

    __tablename__ = "zones"
    __table_args__ = (UniqueConstraint("event_id", "code"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    code: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, str]] = mapped_column(Texts)
    arrives_at: Mapped[datetime | None] = mapped_column(Moment)
    call: Mapped[str] = mapped_column(String(120), default="")


class Cabinet(Model):
    """A power cabinet: `amp` on each of its phases. Its row is locked before its load is read.

    `plugs` is how many sockets it has, one for each stall with power; None where nobody counted.
    """

    __tablename__ = "cabinets"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("phases IN (1, 3)", name="phases"),
        CheckConstraint("amp >= 0", name="amp"),
        CheckConstraint("plugs >= 0", name="plugs"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    code: Mapped[str] = mapped_column(String(20))
    amp: Mapped[int]
    phases: Mapped[int] = mapped_column(default=1)
    plugs: Mapped[int | None]
    x: Mapped[int]
    y: Mapped[int]


class Tap(Model):
    """A water tap with room for so many hoses. Its row is locked before they are counted."""

    __tablename__ = "taps"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("hoses >= 0", name="hoses"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    code: Mapped[str] = mapped_column(String(20))
    hoses: Mapped[int]
    x: Mapped[int]
    y: Mapped[int]


class Landmark(Model):
    """A street, a stage, an entrance: what one finds one's way by. Centimetres."""

    __tablename__ = "landmarks"
    __table_args__ = (CheckConstraint("width > 0 AND height > 0", name="size"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    kind: Mapped[str] = mapped_column(String(20))
    name: Mapped[dict[str, str]] = mapped_column(Texts)
    x: Mapped[int]
    y: Mapped[int]
    width: Mapped[int]
    height: Mapped[int]


class Stall(Model):
    """A numbered place. `position` is its number in the row; `phase` its socket's phase."""

    __tablename__ = "stalls"
    __table_args__ = (
        UniqueConstraint("event_id", "code"),
        CheckConstraint("power_amp >= 0", name="power"),
        CheckConstraint("phases IN (1, 3)", name="phases"),
        CheckConstraint("phase BETWEEN 1 AND 3", name="phase"),
        CheckConstraint("frontage_cm > 0 AND depth_cm > 0", name="size"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zones.id"))
    cabinet_id: Mapped[int | None] = mapped_column(ForeignKey("cabinets.id"), index=True)
    tap_id: Mapped[int | None] = mapped_column(ForeignKey("taps.id"), index=True)
    code: Mapped[str] = mapped_column(String(20))
    position: Mapped[int]
    x: Mapped[int]
    y: Mapped[int]
    frontage_cm: Mapped[int]
    depth_cm: Mapped[int]
    facing: Mapped[str] = mapped_column(String(8))
    power_amp: Mapped[int]
    phases: Mapped[int] = mapped_column(default=1)
    phase: Mapped[int] = mapped_column(default=1)
    gas: Mapped[bool] = mapped_column(default=False)
    wheelchair: Mapped[bool] = mapped_column(default=False)
    blocked_because: Mapped[str] = mapped_column(String(200), default="")

    zone: Mapped[Zone | None] = relationship(lazy="raise_on_sql")
    cabinet: Mapped[Cabinet | None] = relationship(lazy="raise_on_sql")
    tap: Mapped[Tap | None] = relationship(lazy="raise_on_sql")

    @property
    def joined_mark(self) -> str:
        """What stands as a reason at a neighbour that was joined to this one."""
        return f"→ {self.code}"


class StallChoosing(Model):
    """The accepted of a festival choose their own stalls, at most so many each, until then."""

    __tablename__ = "stall_choosings"
    __table_args__ = (CheckConstraint("most BETWEEN 1 AND 10", name="most"),)

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id"), primary_key=True, autoincrement=False
    )
    most: Mapped[int]
    closes_at: Mapped[datetime] = mapped_column(Moment)


class StallShare(Model):
    """One part of a stall with its part of the power; most stalls have one part.

    A part that is not given any more is retired: its holdings are history.
    """

    __tablename__ = "stall_shares"
    __table_args__ = (UniqueConstraint("stall_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    stall_id: Mapped[int] = mapped_column(ForeignKey("stalls.id"))
    number: Mapped[int] = mapped_column(default=1)
    power_amp: Mapped[int]
    retired: Mapped[bool] = mapped_column(default=False)

    stall: Mapped[Stall] = relationship(lazy="raise_on_sql")


class Holding(Model):
    """A part of a stall held by an application, with the power and water reserved for it.

    At most one live holding per part: the index says so, not a check in code.
    """

    __tablename__ = "holdings"
    __table_args__ = (
        Index(
            "uq_holdings_live",
            "share_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_holdings_application", "application_id"),
        CheckConstraint("power_amp >= 0", name="power"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    share_id: Mapped[int] = mapped_column(ForeignKey("stall_shares.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    state: Mapped[str] = mapped_column(String(12))
    held_until: Mapped[datetime | None] = mapped_column(Moment)
    power_amp: Mapped[int]
    phases: Mapped[int] = mapped_column(default=1)
    phase: Mapped[int] = mapped_column(default=1)
    water: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(Moment)
    confirmed_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_because: Mapped[str] = mapped_column(String(20), default="")

    share: Mapped[StallShare] = relationship(lazy="raise_on_sql")
    application: Mapped[Application] = relationship(lazy="raise_on_sql")
