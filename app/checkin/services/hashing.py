"""Short codes worked out for phones without network: slowly, and ahead of the event."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import bindparam, update

from app.checkin.queries.unhashed import unhashed
from app.checkin.rules.entries import slow_hash
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.tickets.models import Ticket
from app.workshops.services import seats

# Some six hundredths of a second each, and letters wait behind them.
AT_ONCE = 8


def hash_some(now: datetime) -> int:
    """Work out a few short codes outside any transaction, then list them anew; how many."""
    rows = unhashed(now, AT_ONCE)
    db.session.rollback()
    hashed = [{"ticket": row.id, "hash": slow_hash(row.short_code, row.event_id)} for row in rows]
    if rows:
        with unit_of_work():
            _list_anew(rows[0].event_id, hashed)
    return len(rows)


def _list_anew(event_id: int, hashed: list[dict[str, object]]) -> None:
    workshop = seats.locked(event_id)
    workshop.list_version += 1
    version = workshop.list_version
    db.session.flush()
    db.session.connection().execute(_HASHED, [{**ticket, "version": version} for ticket in hashed])


_HASHED = (
    update(Ticket)
    .where(Ticket.id == bindparam("ticket"), Ticket.short_hash.is_(None))
    .values(short_hash=bindparam("hash"), list_version=bindparam("version"))
)
