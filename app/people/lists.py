"""The list of those who work at the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from app.core.access import StaffRole
from app.core.folding import sort_key
from app.core.texts import Lazy, _l
from app.lists.describing import Column, Filter, ListOf
from app.people.models import Staff

Member = tuple[Staff, list[StaffRole]]


def _has_access(row: Member) -> bool:
    return row[0].ended_at is None and bool(row[1])


def _mail(row: Member) -> str:
    return row[0].email


def staff(names: dict[StaffRole, Lazy], last: Mapping[str, datetime]) -> ListOf[Member]:
    """Everyone at the desk, with their duties by these names, and when they signed in last."""
    return ListOf(
        "medarbejdere",
        columns=(
            Column(
                "name",
                _l("Name"),
                lambda row: row[0].name or row[0].email,
                order=lambda row: sort_key(row[0].name or row[0].email),
            ),
            Column(
                "mail", _l("Mail address"), lambda row: row[0].email, order=lambda row: row[0].email
            ),
            Column(
                "duties",
                _l("Duties"),
                lambda row: ", ".join(str(names[role]) for role in row[1] if _has_access(row)),
            ),
            Column(
                "last",
                _l("Last signed in"),
                lambda row: last.get(row[0].email),
                order=lambda row: str(last.get(row[0].email, "")),
                falls=True,
            ),
        ),
        sort="name",
        filters=(
            Filter(
                "role",
                _l("Duties"),
                lambda row, role: _has_access(row) and role in row[1],
                {str(role): name for role, name in names.items()},
            ),
        ),
        searched=lambda row: f"{row[0].name} {row[0].email}",
        search_label=_l("Name or mail address"),
    )
