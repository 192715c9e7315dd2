"""The one row."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from app.core.database import Id, Json, Model
from app.installation.rules import ONLY


class Installation(Model):
    """Whose installation this is; no row before somebody has saved the page."""

    __tablename__ = "installation"
    __table_args__ = (CheckConstraint(f"id = {ONLY}", name="only_one"),)

    id: Mapped[int] = mapped_column(Id, primary_key=True, autoincrement=False)
    # Drawn at each change, not counted: a number might come again after a restore.
    stamp: Mapped[str] = mapped_column(String(32))
    names: Mapped[dict[str, dict[str, str]]] = mapped_column(Json, default=dict)
    mail: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[str] = mapped_column(String(32), default="")
    hours: Mapped[dict[str, str]] = mapped_column(Json, default=dict)
    logo: Mapped[bytes | None] = mapped_column(LargeBinary, deferred=True)
