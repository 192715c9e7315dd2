"""Tables: questionnaires, their versions, and the sets of answers."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Float, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.core import personal
from app.core.database import Id, Json, Model, Moment, enum_column
from app.questions.rules.answers import AnswerState


class Questionnaire(Model):
    """A questionnaire through all its versions; its key never changes.

    `draft` is what staff are writing: {"head": …, "questions": […]}, None before they began.
    """

    __tablename__ = "questionnaires"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    key: Mapped[str] = mapped_column(String(40), unique=True)
    draft: Mapped[dict[str, Any] | None] = mapped_column(Json)


class QuestionnaireVersion(Model):
    """One published version: its content is never changed, a new version is made instead."""

    __tablename__ = "questionnaire_versions"
    __table_args__ = (UniqueConstraint("questionnaire_id", "number"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    questionnaire_id: Mapped[int] = mapped_column(ForeignKey("questionnaires.id"))
    number: Mapped[int]
    content: Mapped[dict[str, object]] = mapped_column(Json)
    # SHA-256 of the content in its canonical form, hexadecimal.
    checksum: Mapped[str] = mapped_column(String(64))
    published_at: Mapped[datetime] = mapped_column(Moment)


class AnswerSet(Model):
    """One person's answers to one version; a set that is done changes no more."""

    __tablename__ = "answer_sets"

    id: Mapped[int] = mapped_column(Id, primary_key=True)
    version_id: Mapped[int] = mapped_column(ForeignKey("questionnaire_versions.id"), index=True)
    language: Mapped[str] = mapped_column(String(8))
    begun_at: Mapped[datetime] = mapped_column(Moment)
    completed_at: Mapped[datetime | None] = mapped_column(Moment)


class AnswerRow(Model):
    """One answer: a number or a text if its state is `answered`, else neither.

    `item` is 0 outside repeated groups. Several choices stand as "|cafe|home|".
    """

    __tablename__ = "answers"
    __table_args__ = (
        CheckConstraint(
            "(state = 'answered') = (number IS NOT NULL OR text IS NOT NULL)",
            name="value_if_answered",
        ),
        CheckConstraint("number IS NULL OR text IS NULL", name="one_value"),
    )

    answer_set_id: Mapped[int] = mapped_column(
        ForeignKey("answer_sets.id", ondelete="CASCADE"), primary_key=True
    )
    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    item: Mapped[int] = mapped_column(primary_key=True, default=0)
    state: Mapped[AnswerState] = mapped_column(enum_column(AnswerState, 12))
    number: Mapped[float | None] = mapped_column(Float(53))
    text: Mapped[str | None] = mapped_column(Text, info=personal.FOLLOW_UP)
