"""What lies in quarantine, with whom it was about where that can be told."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import String, cast, func, or_, select

from app.checkin.models import QuarantinedScan
from app.checkin.queries.unseen import in_quarantine
from app.checkin.rules.quarantine import Came, came
from app.core.database import db
from app.devices.models import Device
from app.people.models import Person
from app.tickets.models import Ticket
from app.tickets.rules.codes import code_in, read_short
from app.workshops.models import Enrolment

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class QuarantinedItem:
    """Something in quarantine; `gate` is the phone's, empty where it came from none of ours."""

    row: QuarantinedScan
    gate: str
    came: Came
    name: str


@dataclass(frozen=True, slots=True)
class Quarantine:
    """One page of it, and how much there is in all."""

    rows: list[QuarantinedItem]
    count: int

    @property
    def last_page(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.count // PAGE_SIZE))


def quarantine(event_id: int | None, *, only_open: bool, page: int = 1) -> Quarantine:
    """What could not be taken as a scan, the latest first; all, or what waits for a look.

    None for what machines sent and belongs to no event.
    """
    conditions = [QuarantinedScan.event_id == event_id]
    if only_open:
        conditions.append(QuarantinedScan.outcome.is_(None))
    count = db.session.scalar(select(func.count()).where(*conditions)) or 0
    statement = (
        select(QuarantinedScan, Device.gate)
        .outerjoin(Device, cast(Device.id, String) == QuarantinedScan.device)
        .where(*conditions)
        .order_by(QuarantinedScan.received_at.desc(), QuarantinedScan.id.desc())
        .limit(PAGE_SIZE)
        .offset((page - 1) * PAGE_SIZE)
    )
    items = [(row, gate or "", came(row.content)) for row, gate in db.session.execute(statement)]
    names = _names(event_id, [what.code for _, _, what in items if what.code])
    rows = [QuarantinedItem(row, gate, what, names.get(what.code, "")) for row, gate, what in items]
    return Quarantine(rows, int(count))


def of_no_event() -> int:
    """How much waits for a look that machines sent and that belongs to no event."""
    return db.session.scalar(select(in_quarantine(None))) or 0


def awaiting_look(event_id: int | None, ids: Iterable[int]) -> Sequence[QuarantinedScan]:
    """Those of these that nobody has looked at, locked, in order of number."""
    statement = select(QuarantinedScan).where(
        QuarantinedScan.event_id == event_id,
        QuarantinedScan.id.in_(sorted(ids)),
        QuarantinedScan.outcome.is_(None),
    )
    return db.session.scalars(statement.order_by(QuarantinedScan.id).with_for_update()).all()


def _names(event_id: int | None, codes: list[str]) -> dict[str, str]:
    """Whose ticket each code is, by the code as it came."""
    whole = {code: code_in(code) for code in codes}
    shorts = {code: read_short(code) or "" for code in codes}
    statement = (
        select(Ticket.code, Ticket.short_code, Person.name)
        .join(Enrolment, Enrolment.id == Ticket.enrolment_id)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Ticket.event_id == event_id,
            or_(Ticket.code.in_(whole.values()), Ticket.short_code.in_(shorts.values())),
        )
    )
    rows = db.session.execute(statement).all() if codes else []
    by_code = {row.code: row.name for row in rows} | {row.short_code: row.name for row in rows}
    return {code: by_code.get(whole[code]) or by_code.get(shorts[code], "") for code in codes}
