"""The list of letters to many: its columns, filters and order."""

from __future__ import annotations

from sqlalchemy import Row, select

from app.core.texts import Lazy, _l, local
from app.events.models import Event
from app.lists.describing import Column, Filter, ListOf
from app.lists.finding import StoredRows
from app.mailings import queries, wording
from app.mailings.models import Mailing
from app.mailings.rules import filling

STATES: dict[str, Lazy] = {str(state): text for state, text in wording.STATES.items()}
ROWS: StoredRows[Row[Mailing, int]] = StoredRows(
    queries.numbers(), queries.numbered, lambda row: row[0].id
)


def subject(mailing: Mailing) -> str:
    """What the letter is called; empty while it has no words."""
    return filling.titled(local(mailing.subjects), local(mailing.event.title))


MAILINGS: ListOf[Row[Mailing, int]] = ListOf(
    "breve",
    columns=(
        Column("subject", _l("Subject"), lambda row: subject(row[0])),
        Column(
            "event",
            _l("Event"),
            lambda row: local(row[0].event.title),
            order=(Event.starts_at, Event.id),
        ),
        Column("state", _l("State"), lambda row: str(STATES[row[0].state]), order=(Mailing.state,)),
        Column("chosen", _l("Chosen"), lambda row: row[1], numeric=True),
        Column(
            "leaves",
            _l("Leaves"),
            lambda row: row[0].leaves_at,
            order=(Mailing.leaves_at,),
            falls=True,
        ),
        Column("made", _l("Newest"), order=(Mailing.id,), falls=True, on_page=False),
    ),
    sort="-made",
    filters=(
        Filter(
            "event",
            _l("Event"),
            lambda slug: (
                Mailing.event_id == select(Event.id).where(Event.slug == slug).scalar_subquery()
            ),
        ),
        Filter("state", _l("State"), lambda state: Mailing.state == state, STATES),
    ),
)


def choices() -> dict[str, dict[str, str]]:
    """The events that letters were written about."""
    return {"event": {event.slug: local(event.title) for event in queries.events_written_about()}}
