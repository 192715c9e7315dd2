"""People who were let in without network, or by the paper list, and whom the rules now keep out."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import aliased

from app.checkin.models import ConflictLook, DoubleAdmission, Scan
from app.checkin.queries.looks import ToLookAt, looked_at, page_of
from app.checkin.rules.moves import ScanKind
from app.checkin.rules.verdicts import DoorAnswer
from app.core.database import db
from app.devices.rules.moments import moment_at
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules.codes import shown_short
from app.workshops.models import Admission, Enrolment


@dataclass(frozen=True, slots=True)
class LetIn:
    """Somebody let in against the rules, and what the rules say: a reason, or `already`."""

    scan_id: str
    name: str
    short: str
    time_ms: int
    gate: str
    reason: str
    looked_at: datetime | None

    @property
    def short_shown(self) -> str:
        """The short code as people read it aloud."""
        return shown_short(self.short)

    @property
    def at(self) -> datetime:
        """When it happened, as far as can be known."""
        return moment_at(self.time_ms)


def overrides(event_id: int, *, only_new: bool, page: int = 1) -> ToLookAt[LetIn]:
    """Those that nobody has looked at, or all; the latest first."""
    scans = select(Scan.id).where(*against_rules(event_id))
    if only_new:
        scans = scans.where(~looked_at(Scan.id))
    shown = (
        scans.join(Ticket, Ticket.id == Scan.ticket_id)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .outerjoin(ConflictLook, ConflictLook.scan_id == Scan.id)
        .add_columns(Person.name, Ticket.short_code, Scan.time_ms, Scan.gate)
        .add_columns(Scan.override, ConflictLook.looked_at)
        .order_by(Scan.time_ms.desc(), Scan.id)
    )
    return page_of(scans, shown, LetIn, page)


def overrides_among(event_id: int, scan_ids: Collection[str]) -> Sequence[str]:
    """Those of these scans that stand on this event's list."""
    scans = select(Scan.id).where(*against_rules(event_id), Scan.id.in_(scan_ids))
    return db.session.scalars(scans).all()


def against_rules(event_id: Any) -> tuple[ColumnElement[bool], ...]:
    """Which scans of an event these are: not those taken back, nor those told as a conflict.

    Found by the index of overruled scans alone.
    """
    pair = select(DoubleAdmission.scan_id).where(DoubleAdmission.scan_id == Scan.id)
    return (
        Scan.event_id == event_id,
        Scan.override.is_not(None),
        ~_undone(Scan),
        ~pair.exists(),
        # What stood in the way may have been taken back.
        or_(
            Scan.override != DoorAnswer.ALREADY.value,
            and_(_came_twice(), ~_brought_more()),
            _came_otherwise(),
        ),
    )


def _undone(entry: Any) -> ColumnElement[bool]:
    """An undo reaches its scan at the event it was made at."""
    undo = aliased(Scan)
    return _any(
        undo.ticket_id == entry.ticket_id, undo.annuls == entry.id, _at_the_event_of(undo, entry)
    )


def _came_twice() -> ColumnElement[bool]:
    """Whether another entry with this ticket stands, whichever was told first."""
    other = aliased(Scan)
    return _any(
        other.ticket_id == Scan.ticket_id,
        other.id != Scan.id,
        other.kind == ScanKind.ENTRY.value,
        other.green.is_(True),
        other.session_id == Scan.session_id,
        _at_the_event_of(other, Scan),
        ~_undone(other),
    )


def _brought_more() -> ColumnElement[bool]:
    """Whether some of a group came with it who have a seat: fewer came before than was told."""
    return _any(
        Scan.seats > 1,
        Admission.ticket_id == Scan.ticket_id,
        Admission.scan_id == Scan.id,
        Admission.admits > 0,
    )


def _came_otherwise() -> ColumnElement[bool]:
    """Whether the guest came in with another ticket too."""
    own, other = aliased(Ticket), aliased(Ticket)
    return _any(
        own.id == Scan.ticket_id,
        other.enrolment_id == own.enrolment_id,
        other.id != own.id,
        Admission.ticket_id == other.id,
        Admission.event_id == Scan.event_id,
        Admission.session_id == Scan.session_id,
    )


def _any(*conditions: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether there are such rows, asked of each scan by itself.

    Counted: of EXISTS PostgreSQL makes a join, which reads all scans of the event for each one
    while it does not know yet how many there are.
    """
    return select(func.count()).where(*conditions).scalar_subquery() > 0


def _at_the_event_of(scan: Any, one: Any) -> ColumnElement[bool]:
    """Not to be found by index: SQLite would rather read all scans of the event than a ticket's."""
    same: ColumnElement[bool] = func.coalesce(scan.event_id, 0) == one.event_id
    return same
