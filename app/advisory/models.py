"""Tables: advisory tasks, and the case beside each that is a requisition."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from app.advisory.rules import RequisitionState, TaskKind
from app.core import personal
from app.core.database import Id, Model, Moment, bytewise, enum_column
from app.events.models import Event
from app.organisations.models import Organisation
from app.people.models import Person
from app.programme.models import MainArea

SortText = bytewise(240)


class AdvisoryTask(Model):
    """One request for help. `person_id` is the recipient with an address, if there is one."""

    __tablename__ = "advisory_tasks"
    __table_args__ = (
        CheckConstraint("minutes >= 0", name="time_spent"),
        Index("ix_advisory_tasks_person_id", "person_id"),
    )

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    kind: Mapped[TaskKind] = mapped_column(enum_column(TaskKind, 12))
    asked_by: Mapped[str] = mapped_column(String(200), default="", info=personal.ADVICE)
    subject: Mapped[str] = mapped_column(String(500), default="", info=personal.ADVICE)
    # Both folded for search, and each in a spelling that sorts by bytes; emptied on erasure.
    search_text: Mapped[str] = mapped_column(
        Text, default="", server_default="", info=personal.ADVICE
    )
    sort_text: Mapped[str] = mapped_column(
        SortText, default="", server_default="", info=personal.ADVICE
    )
    asked_by_sort_text: Mapped[str] = mapped_column(
        SortText, default="", server_default="", info=personal.ADVICE
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey(Person.id))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey(Organisation.id))
    main_area_id: Mapped[int | None] = mapped_column(ForeignKey(MainArea.id))
    minutes: Mapped[int] = mapped_column(default=0)
    logged_at: Mapped[datetime] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment, index=True)


class Requisition(Model):
    """The case of a task that is a requisition, and the workshop that it became."""

    __tablename__ = "requisitions"

    task_id: Mapped[int] = mapped_column(
        ForeignKey("advisory_tasks.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    state: Mapped[RequisitionState] = mapped_column(enum_column(RequisitionState, 12))
    event_id: Mapped[int | None] = mapped_column(ForeignKey(Event.id), index=True)
