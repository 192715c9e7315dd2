"""Tables: events, their sessions, windows and signing keys."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import personal
from app.core.database import Id, Json, Model, Moment, Texts, enum_column
from app.core.texts import Lazy
from app.events import rules
from app.events.rules import (
    KINDS,
    EventKind,
    EventState,
    KindTraits,
    PictureFacts,
    Purpose,
)
from app.events.wording import KIND_NAMES
from app.organisations.wording import SPOKEN


class Event(Model):
    """Anything with a date. `number` grows with each change that calendars must hear of."""

    __tablename__ = "events"
    __table_args__ = (CheckConstraint("starts_at <= ends_at", name="starts_before_it_ends"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    slug: Mapped[str] = mapped_column(String(80), unique=True)
    kind: Mapped[EventKind] = mapped_column(enum_column(EventKind, 20))
    state: Mapped[EventState] = mapped_column(enum_column(EventState, 12))
    topic: Mapped[str | None] = mapped_column(String(40))
    title: Mapped[dict[str, str]] = mapped_column(Texts)
    summary: Mapped[dict[str, str]] = mapped_column(Texts, default=dict)
    description: Mapped[dict[str, str]] = mapped_column(Texts, default=dict)
    place: Mapped[str] = mapped_column(String(200), default="")
    address: Mapped[str] = mapped_column(String(200), default="")
    # How one gets in and about: steps, lift, toilets, the nearest bus.
    access: Mapped[dict[str, str]] = mapped_column(Texts, default=dict, server_default="{}")
    # In whole kroner; 0 is free, None says nothing.
    price: Mapped[int | None]
    # The codes of the languages that are spoken there.
    spoken: Mapped[list[str]] = mapped_column(Json, default=list, server_default="[]")
    contact_name: Mapped[str] = mapped_column(
        String(120), default="", server_default="", info=personal.CONTACT
    )
    contact_mail: Mapped[str] = mapped_column(
        String(254), default="", server_default="", info=personal.CONTACT
    )
    contact_phone: Mapped[str] = mapped_column(
        String(32), default="", server_default="", info=personal.CONTACT
    )
    # How its picture is addressed and how large it is (PictureFacts); its content lies apart.
    picture: Mapped[dict[str, Any] | None] = mapped_column(Json)
    # What the picture shows, for those who cannot see it.
    picture_text: Mapped[dict[str, str]] = mapped_column(
        Texts, default=dict, server_default="{}", info=personal.PICTURE
    )
    starts_at: Mapped[datetime] = mapped_column(Moment, index=True)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    called_off_because: Mapped[str] = mapped_column(String(500), default="", server_default="")
    sequence: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(Moment)

    @property
    def has(self) -> KindTraits:
        """What an event of its kind has."""
        return KINDS[self.kind]

    @property
    def whereabouts(self) -> str:
        """The place and its address."""
        return ", ".join(part for part in (self.place, self.address) if part)

    @property
    def spoken_names(self) -> list[Lazy]:
        """The languages that are spoken there, in the reader's language."""
        return [SPOKEN[code] for code in self.spoken if code in SPOKEN]

    @property
    def picture_facts(self) -> PictureFacts | None:
        """Its picture, where it has one."""
        return PictureFacts(**self.picture) if self.picture else None

    @property
    def in_one_go(self) -> bool:
        """Whether its hours say all, for it is over on the same day or in the night after it."""
        return rules.in_one_go(self.starts_at, self.ends_at)

    @property
    def kind_name(self) -> Lazy:
        """What its kind is called, in the reader's language."""
        return KIND_NAMES[self.kind]


class EventPicture(Model):
    """An event's picture in our own sizes, as JPEG; `key` is told by its content."""

    __tablename__ = "event_pictures"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    key: Mapped[str] = mapped_column(String(20))
    phone: Mapped[bytes] = mapped_column(LargeBinary, info=personal.PICTURE)
    desk: Mapped[bytes] = mapped_column(LargeBinary, info=personal.PICTURE)


class Topic(Model):
    """What an event can be about, as the team names it; the shipped ones need no row.

    The key never changes: surveys, indicators and the events of past years name it.
    """

    __tablename__ = "topics"

    key: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[dict[str, str]] = mapped_column(Texts)
    # Since when it is no longer offered.
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Session(Model):
    """One session of an event; a workshop has one, a course several."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    title: Mapped[dict[str, str]] = mapped_column(Texts, default=dict)
    starts_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)


class Window(Model):
    """When an event takes applications or enrolments."""

    __tablename__ = "windows"
    __table_args__ = (
        UniqueConstraint("event_id", "purpose"),
        CheckConstraint("opens_at <= deadline_at AND deadline_at <= shutdown_at", name="in_order"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose] = mapped_column(enum_column(Purpose, 14))
    opens_at: Mapped[datetime] = mapped_column(Moment)
    deadline_at: Mapped[datetime] = mapped_column(Moment)
    shutdown_at: Mapped[datetime] = mapped_column(Moment)
    waiting_list: Mapped[bool] = mapped_column(default=True)


class EventChange(Model):
    """A move or a calling off: how the event stood before, and the letters that tell of it."""

    __tablename__ = "event_changes"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    before: Mapped[dict[str, Any]] = mapped_column(Json)
    letters: Mapped[list[int]] = mapped_column(Json)
    made_at: Mapped[datetime] = mapped_column(Moment)
    taken_back_at: Mapped[datetime | None] = mapped_column(Moment)


class EventKey(Model):
    """The key pair that signs an event's tickets; the private half is sealed."""

    __tablename__ = "event_keys"

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id", ondelete="CASCADE"), primary_key=True
    )
    public_key: Mapped[bytes] = mapped_column(LargeBinary(32))
    sealed_private: Mapped[bytes] = mapped_column(LargeBinary(100))
