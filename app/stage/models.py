"""Stages, the slots that acts have on them, and whether the programme was announced.

That no two slots overlap on a stage, change-over included, nor for an act, the database holds:
PostgreSQL by exclusion constraints over ranges of whole seconds, each stage and act in a stretch of
numbers of its own (so the extension for mixed keys is not needed), SQLite by triggers.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import DDL, CheckConstraint, ForeignKey, Index, String, event
from sqlalchemy.orm import Mapped, mapped_column, relationship
from sqlalchemy.schema import ExecutableDDLElement

from app.applications.models import Application
from app.core.database import Id, Json, Model, Moment, Texts
from app.stage.rules.placing import Hours, Placing


class Stage(Model):
    """Where acts play; `call` is whom artists call there. A retired one only explains old slots."""

    __tablename__ = "stages"
    __table_args__ = (
        CheckConstraint("opens_at < closes_at", name="opens_before_it_closes"),
        CheckConstraint("change_over >= 0", name="change_over"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    name: Mapped[dict[str, str]] = mapped_column(Texts)
    place: Mapped[str] = mapped_column(String(200), default="")
    opens_at: Mapped[datetime] = mapped_column(Moment)
    closes_at: Mapped[datetime] = mapped_column(Moment)
    # Minutes from one act to the next.
    change_over: Mapped[int]
    call: Mapped[str] = mapped_column(String(120), default="")
    retired: Mapped[bool] = mapped_column(default=False)

    @property
    def hours(self) -> Hours:
        """When it is open, and how long a change takes."""
        return Hours(self.opens_at, self.closes_at, timedelta(minutes=self.change_over))


class Slot(Model):
    """An act's time on a stage. The stage is clear for the next at `clear_at`.

    `told` is how the slot stood in the letters that have left (None: they know of none), while
    `letters` are those that say what stands now and can still be called back.
    """

    __tablename__ = "slots"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at AND ends_at <= clear_at", name="in_order"),
        Index("ix_slots_stage", "stage_id", "starts_at"),
        Index("ix_slots_application", "application_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    stage_id: Mapped[int] = mapped_column(ForeignKey("stages.id"))
    application_id: Mapped[int] = mapped_column(ForeignKey("applications.id"))
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    clear_at: Mapped[datetime] = mapped_column(Moment)
    sound_check_at: Mapped[datetime | None] = mapped_column(Moment)
    # Whom the artist calls, where it is somebody else than the stage says.
    call: Mapped[str] = mapped_column(String(120), default="")
    note: Mapped[str] = mapped_column(String(300), default="")
    # Grows with each change, for calendars.
    sequence: Mapped[int] = mapped_column(default=0)
    told: Mapped[dict[str, Any] | None] = mapped_column(Json)
    letters: Mapped[list[int]] = mapped_column(Json, default=list)
    created_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_because: Mapped[str] = mapped_column(String(20), default="")

    stage: Mapped[Stage] = relationship(lazy="raise_on_sql")
    application: Mapped[Application] = relationship(lazy="raise_on_sql")

    @property
    def placing(self) -> Placing:
        """Who plays where and when."""
        return Placing(self.id, self.stage_id, self.application_id, self.starts_at, self.ends_at)

    @property
    def whom_to_call(self) -> str:
        """The slot's own contact, else the stage's."""
        return self.call or self.stage.call


class LineUp(Model):
    """The programme of one event: its row is held while slots change, and says since when the
    programme is public."""

    __tablename__ = "line_ups"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    announced_at: Mapped[datetime | None] = mapped_column(Moment)


# So many numbers each stage and act has for itself: more than the seconds until the year 2500.
STRETCH: Final = 2**34


def _seconds(column: str) -> str:
    return f"CAST(EXTRACT(EPOCH FROM {column} AT TIME ZONE 'UTC') AS bigint)"


def _excluded(name: str, owner: str, until: str) -> str:
    begins = f"{owner} * {STRETCH} + {_seconds('starts_at')}"
    ends = f"{owner} * {STRETCH} + {_seconds(until)}"
    return (
        f"ALTER TABLE slots ADD CONSTRAINT {name} EXCLUDE USING gist "
        f"(int8range({begins}, {ends}) WITH &&) WHERE (ended_at IS NULL)"
    )


_TRIGGERS: Final = (
    """
    CREATE TRIGGER slots_apart_on_insert BEFORE INSERT ON slots WHEN NEW.ended_at IS NULL BEGIN
        SELECT RAISE(ABORT, 'slots overlap') WHERE EXISTS (
            SELECT 1 FROM slots WHERE ended_at IS NULL
            AND starts_at < NEW.clear_at AND NEW.starts_at < clear_at
            AND (stage_id = NEW.stage_id OR (application_id = NEW.application_id
                AND starts_at < NEW.ends_at AND NEW.starts_at < ends_at)));
    END
    """,
    """
    CREATE TRIGGER slots_apart_on_update BEFORE UPDATE ON slots WHEN NEW.ended_at IS NULL BEGIN
        SELECT RAISE(ABORT, 'slots overlap') WHERE EXISTS (
            SELECT 1 FROM slots WHERE ended_at IS NULL AND id <> NEW.id
            AND starts_at < NEW.clear_at AND NEW.starts_at < clear_at
            AND (stage_id = NEW.stage_id OR (application_id = NEW.application_id
                AND starts_at < NEW.ends_at AND NEW.starts_at < ends_at)));
    END
    """,
)
APART: Final = {
    "postgresql": (
        _excluded("slots_apart_on_stage", "stage_id", "clear_at"),
        _excluded("slots_apart_for_act", "application_id", "ends_at"),
    ),
    "sqlite": _TRIGGERS,
}
for _dialect, _statements in APART.items():
    for _statement in _statements:
        _apart: ExecutableDDLElement = DDL(_statement)  # type: ignore[no-untyped-call]
        event.listen(Slot.__table__, "after_create", _apart.execute_if(dialect=_dialect))
