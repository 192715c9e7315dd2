"""Pages of what waits for a look, and what the lead has looked at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy import ColumnElement, Select, func, select
from sqlalchemy.orm import aliased

from app.checkin.models import ConflictLook
from app.core.database import db

PAGE_SIZE = 50


class Looked(Protocol):
    """Something the lead may look at; `looked_at` is None until then."""

    @property
    def scan_id(self) -> str:
        """The scan it is about."""

    @property
    def looked_at(self) -> datetime | None:
        """When somebody looked."""


One = TypeVar("One", bound=Looked, covariant=True)


@dataclass(frozen=True, slots=True)
class ToLookAt(Generic[One]):
    """One page of it, and how much there is in all."""

    rows: list[One]
    count: int

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // PAGE_SIZE))


def looked_at(scan_id: Any) -> ColumnElement[bool]:
    """Whether the lead has looked at what this scan is about."""
    # By another name, for the statement around it may tell when that was.
    look = aliased(ConflictLook)
    return select(look.scan_id).where(look.scan_id == scan_id).exists()


def page_of(
    statement: Select[*tuple[Any, ...]],
    shown: Select[*tuple[Any, ...]],
    made: Callable[..., One],
    page: int,
) -> ToLookAt[One]:
    """All that are wanted, counted, and those of a page, made from what is shown of them."""
    count = db.session.scalar(select(func.count()).select_from(statement.subquery())) or 0
    rows = db.session.execute(shown.limit(PAGE_SIZE).offset((page - 1) * PAGE_SIZE))
    return ToLookAt([made(*row) for row in rows], int(count))
