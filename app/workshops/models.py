"""Workshops with their places, enrolments, who came, and goals."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Model, Moment, Texts, bytewise, enum_column
from app.core.languages import DEFAULT
from app.core.personal import FOLLOW_UP, NEEDS, PLACE
from app.workshops.rules import places
from app.workshops.rules.places import EnrolmentState

SearchText, SortText, NamePart = bytewise(460), bytewise(120), bytewise(40)
# So many parts of a name are found each along an index of its own: the first, and the last.
NAME_PARTS = tuple(f"name_part_{number}" for number in range(1, 7))
# Participants are reminded the day before, in the morning, until the team says otherwise.
USUAL_DAYS, USUAL_HOUR = 1, 10
LIVE_ENROLMENT = text("state IN ('confirmed', 'waitlisted')")


class Workshop(Model):
    """The places of one event. `taken` guards the capacity; nothing reads it as a figure.

    `list_version` rises with every change of the list that a door must know.
    """

    __tablename__ = "workshops"
    __table_args__ = (CheckConstraint("taken BETWEEN 0 AND capacity", name="taken"),)

    event_id: Mapped[int] = mapped_column(
        ForeignKey("events.id"), primary_key=True, autoincrement=False
    )
    capacity: Mapped[int] = mapped_column(Integer)
    taken: Mapped[int] = mapped_column(Integer, default=0)
    list_version: Mapped[int] = mapped_column(BigInteger, default=0)
    eligibility: Mapped[dict[str, str] | None] = mapped_column(Texts)
    # How many days before the event its participants are reminded, and at what hour; None: never.
    reminder_days: Mapped[int | None] = mapped_column(default=USUAL_DAYS, server_default="1")
    reminder_hour: Mapped[int] = mapped_column(default=USUAL_HOUR, server_default="10")
    reminder_text: Mapped[dict[str, str]] = mapped_column(Texts, default=dict, server_default="{}")
    # The version of the workshop's own extra questions that is asked now.
    questions_id: Mapped[int | None] = mapped_column(ForeignKey("questionnaire_versions.id"))

    @property
    def free(self) -> int:
        """The seats that nobody held when the row was read."""
        return places.free(self.capacity, self.taken)


class Enrolment(Model):
    """A person's place, or place in the line. The id is random: no neighbour can be guessed."""

    __tablename__ = "enrolments"
    __table_args__ = (
        Index(
            "uq_enrolments_live",
            "event_id",
            "person_id",
            unique=True,
            sqlite_where=LIVE_ENROLMENT,
            postgresql_where=LIVE_ENROLMENT,
        ),
        Index("ix_enrolments_line", "event_id", "state", "line_number"),
        Index("ix_enrolments_person", "person_id"),
        # Holds all a search reads, so that the rows themselves are fetched for one page only.
        Index("ix_enrolments_search", "event_id", "sort_text", "search_text", "id"),
        # By these the door finds a name by any of its parts without reading the whole event.
        *(
            Index(
                f"ix_enrolments_{part}",
                "event_id",
                part,
                sqlite_where=text(f"{part} IS NOT NULL"),
                postgresql_where=text(f"{part} IS NOT NULL"),
            )
            for part in NAME_PARTS
        ),
        CheckConstraint("seats >= 1", name="seats"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    state: Mapped[EnrolmentState] = mapped_column(enum_column(EnrolmentState, 12))
    seats: Mapped[int] = mapped_column(Integer, default=1)
    language: Mapped[str] = mapped_column(String(8), default=DEFAULT, info=PLACE)
    # Where the person works or what they belong to; stands on the badge.
    organisation: Mapped[str] = mapped_column(
        String(120), default="", server_default="", info=PLACE
    )
    # Wishes: only those see them who need them.
    interpreter: Mapped[str] = mapped_column(String(80), default="", info=NEEDS)
    access: Mapped[str] = mapped_column(String(200), default="", info=NEEDS)
    food: Mapped[str] = mapped_column(String(200), default="", info=NEEDS)
    # Name and address folded for search, the name in a spelling that sorts by bytes, and its parts
    # as they are found (core/folding.py); emptied on erasure.
    search_text: Mapped[str] = mapped_column(SearchText, default="", info=PLACE)
    sort_text: Mapped[str] = mapped_column(SortText, default="", server_default="", info=PLACE)
    name_part_1: Mapped[str | None] = mapped_column(NamePart, info=PLACE)
    name_part_2: Mapped[str | None] = mapped_column(NamePart, info=PLACE)
    name_part_3: Mapped[str | None] = mapped_column(NamePart, info=PLACE)
    name_part_4: Mapped[str | None] = mapped_column(NamePart, info=PLACE)
    name_part_5: Mapped[str | None] = mapped_column(NamePart, info=PLACE)
    name_part_6: Mapped[str | None] = mapped_column(NamePart, info=PLACE)
    # SHA-256 of the private link's token; empty once the link is cut.
    link_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True, info=PLACE)
    # How often the link was replaced, for it had gone to an address that was wrong.
    link_number: Mapped[int] = mapped_column(default=0, server_default="0")
    # The answers to the workshop's own questions.
    answer_set_id: Mapped[int | None] = mapped_column(ForeignKey("answer_sets.id"))
    # Whether the goals may be shown again in the follow-up; None until it is said.
    show_goals: Mapped[bool | None]
    joined_at: Mapped[datetime] = mapped_column(Moment)
    # The workshop's list_version when the person joined the line: the order of the line.
    line_number: Mapped[int | None] = mapped_column(BigInteger)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)
    # The place that somebody else has instead, where this one was handed over.
    handed_to_id: Mapped[int | None] = mapped_column(Id)


class ReplacedLink(Model):
    """A private link that opens nothing any more: kept so that whoever follows it is told."""

    __tablename__ = "replaced_links"

    link_hash: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True, info=PLACE)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"), index=True)
    replaced_at: Mapped[datetime] = mapped_column(Moment)


class Admission(Model):
    """Who came through the door with a ticket: a fact of its own, whatever becomes of the place.

    Worked out from the scans of the ticket by `checkin`, which alone writes it: the first entry of
    an epoch, and each later one with more of a group; `number` is its place among these.
    """

    __tablename__ = "admissions"
    __table_args__ = (
        Index("ix_admissions_event", "event_id", "ticket_id"),
        Index("ix_admissions_at", "at"),
    )

    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(Id, primary_key=True)
    session_id: Mapped[int] = mapped_column(Id, primary_key=True)
    epoch: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True, default=0, server_default="0")
    scan_id: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime] = mapped_column(Moment)
    gate: Mapped[str] = mapped_column(String(80))
    device: Mapped[str] = mapped_column(String(40))
    # How many came who had not come before, and for how many the ticket was then.
    admits: Mapped[int] = mapped_column(Integer, default=1, server_default="1")
    seats: Mapped[int] = mapped_column(Integer, default=1, server_default="1")


class Goal(Model):
    """What a participant set out to do, in own words."""

    __tablename__ = "goals"
    __table_args__ = (UniqueConstraint("enrolment_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    enrolment_id: Mapped[int] = mapped_column(ForeignKey("enrolments.id"))
    number: Mapped[int] = mapped_column(Integer)
    text: Mapped[str] = mapped_column(String(300), info=FOLLOW_UP)
