"""The lists of advice and of requisitions: their columns, filters and order."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import case

from app.advisory import queries, wording
from app.advisory.models import AdvisoryTask, Requisition
from app.advisory.queries import Listed
from app.advisory.rules import ORDER, RequisitionState, TaskKind
from app.core.clock import local_time
from app.core.searching import holds
from app.core.texts import Lazy, _l, local
from app.lists.describing import Column, Filter, ListOf
from app.lists.finding import StoredRows
from app.programme.models import MainArea


def rows(kind: TaskKind) -> StoredRows[Listed]:
    """Where the rows of a list come from."""
    return StoredRows(queries.numbers(kind), queries.numbered, lambda row: row.task.id)


def years(kind: TaskKind) -> dict[str, str]:
    """The years to choose from."""
    return {str(year): str(year) for year in queries.years(kind)}


def _day(moment: datetime | None) -> date | None:
    return local_time(moment).date() if moment else None


SUBJECT: Column[Listed] = Column(
    "subject",
    _l("What about"),
    lambda row: row.task.subject,
    order=(AdvisoryTask.sort_text,),
)
ASKED_BY: Column[Listed] = Column(
    "asked_by",
    _l("Who asks"),
    lambda row: row.task.asked_by,
    order=(AdvisoryTask.asked_by_sort_text,),
)
AREA: Column[Listed] = Column(
    "area",
    _l("Main area"),
    lambda row: local(row.area.name) if row.area else "",
    order=(MainArea.year, MainArea.number),
)
MINUTES: Column[Listed] = Column(
    "minutes",
    _l("Minutes"),
    lambda row: row.task.minutes,
    order=(AdvisoryTask.minutes,),
    numeric=True,
    falls=True,
)
CLOSED: Column[Listed] = Column(
    "closed",
    _l("Closed"),
    lambda row: _day(row.task.closed_at),
    order=(AdvisoryTask.closed_at,),
    falls=True,
)
NAME: Column[Listed] = Column(
    "name", _l("Their name"), lambda row: row.person.name if row.person else "", on_page=False
)
MAIL: Column[Listed] = Column(
    "mail",
    _l("Their mail"),
    lambda row: (row.person.email or "") if row.person else "",
    on_page=False,
)
YEAR = Filter(
    "year",
    _l("Year"),
    lambda value: queries.logged_in(int(value)),
)
STANDING: dict[str, Lazy] = {"open": _l("open"), "closed": _l("closed")}


def _logged(heading: Lazy) -> Column[Listed]:
    return Column(
        "logged",
        heading,
        lambda row: _day(row.task.logged_at),
        order=(AdvisoryTask.logged_at,),
        falls=True,
    )


ADVICE: ListOf[Listed] = ListOf(
    "raadgivning",
    columns=(SUBJECT, ASKED_BY, AREA, MINUTES, _logged(_l("Logged")), CLOSED, NAME, MAIL),
    sort="-logged",
    filters=(
        YEAR,
        Filter(
            "standing",
            _l("State"),
            lambda value: (
                AdvisoryTask.closed_at.is_(None)
                if value == "open"
                else AdvisoryTask.closed_at.is_not(None)
            ),
            STANDING,
        ),
    ),
    searched=lambda words: holds(AdvisoryTask.search_text, words),
    search_label=_l("What about, or who asks"),
)

REQUISITIONS: ListOf[Listed] = ListOf(
    "rekvireringer",
    columns=(
        SUBJECT,
        ASKED_BY,
        AREA,
        _logged(_l("Received")),
        Column(
            "state",
            _l("State"),
            lambda row: str(wording.STATES[row.case.state]) if row.case else "",
            order=(
                case({state: place for place, state in enumerate(ORDER)}, value=Requisition.state),
            ),
        ),
        Column("workshop", _l("Workshop"), lambda row: local(row.event.title) if row.event else ""),
        CLOSED,
        NAME,
        MAIL,
    ),
    sort="-logged",
    filters=(
        YEAR,
        Filter(
            "state",
            _l("State"),
            lambda value: Requisition.state == RequisitionState(value),
            {str(state): text for state, text in wording.STATES.items()},
        ),
    ),
    searched=lambda words: holds(AdvisoryTask.search_text, words),
    search_label=_l("What about, or who asks"),
)
