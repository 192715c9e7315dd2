"""Tables: head counts of people without tickets, and their corrections."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    ForeignKey,
    Integer,
    String,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Model, Moment
from app.devices.rules.doors import LONGEST_GATE

# A device's number and, where it counts several things, the name of the counter.
LONGEST_COUNTER = 80


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
