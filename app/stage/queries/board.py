"""The team's board of one day: stage by stage who plays when, who has no time yet, what came free,
and which letters can still be called back."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from app.applications.models import Application
from app.core import clock
from app.core.clock import COPENHAGEN
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.events.models import Event
from app.mailings.rules.states import RECALL_WITHIN
from app.stage.models import Slot, Stage
from app.stage.queries import slots


@dataclass(frozen=True)
class StageColumn:
    """A stage on the day: from when to when it is open, and who plays."""

    stage: Stage
    opens_at: datetime
    closes_at: datetime
    slots: Sequence[Slot]


@dataclass(frozen=True)
class DayBoard:
    """All that the page shows."""

    days: Sequence[date]
    day: date
    stages: Sequence[Stage]
    columns: Sequence[StageColumn]
    waiting: Sequence[Application]
    came_free: Sequence[Slot]
    announced_at: datetime | None
    # Until when the announcement as a whole can be taken back.
    recall_until: datetime | None
    # Changes whose letters wait, each with the moment at which they leave.
    unsent: Sequence[tuple[Slot, datetime]]
    # Whether any act has a time.
    any_slot: bool


def board(event: Event, day: str) -> DayBoard:
    """The board of the day that the address asks for, else of the first one."""
    stages, standing = slots.stages(event.id), slots.of_event(event.id)
    placed = {slot.application_id for slot in standing}
    days = _days(stages)
    chosen = next((one for one in days if one.isoformat() == day), days[0] if days else None)
    line_up = slots.line_up(event.id)
    announced = line_up.announced_at if line_up else None
    unsent = _unsent(event.id)
    together = _together(announced, unsent)
    shown = chosen or clock.local_time(event.starts_at).date()
    return DayBoard(
        days=days,
        day=shown,
        stages=stages,
        columns=[_column(stage, shown, standing) for stage in stages if shown in _days([stage])],
        waiting=[act for act in slots.acts(event.id) if act.id not in placed],
        came_free=slots.came_free(event.id, standing),
        announced_at=announced,
        recall_until=together,
        unsent=[] if together else unsent,
        any_slot=bool(standing),
    )


def minute_of(moment: datetime, day: date) -> int:
    """Minutes since the day began."""
    return int((moment - _begins(day)).total_seconds()) // 60


def _begins(day: date) -> datetime:
    return datetime.combine(day, time(), COPENHAGEN)


def _days(stages: Sequence[Stage]) -> list[date]:
    """Every day on which one of them is open."""
    days = set()
    for stage in stages:
        day = clock.local_time(stage.opens_at).date()
        while _begins(day) < stage.closes_at:
            days.add(day)
            day += timedelta(days=1)
    return sorted(days)


def _column(stage: Stage, day: date, standing: Sequence[Slot]) -> StageColumn:
    begins, ends = _begins(day), _begins(day + timedelta(days=1))
    own = [one for one in standing if one.stage_id == stage.id]
    return StageColumn(
        stage,
        max(stage.opens_at, begins),
        min(stage.closes_at, ends),
        [one for one in own if begins <= one.starts_at < ends],
    )


def _unsent(event_id: int) -> list[tuple[Slot, datetime]]:
    """Slots all of whose letters still wait, with the moment at which the first leaves."""
    changed = slots.waiting(event_id)
    numbers = [number for slot in changed for number in slot.letters]
    wanted = select(Letter.id, Letter.due_at).where(
        Letter.id.in_(numbers),
        Letter.state == LetterState.WAITING,
        Letter.leased_until.is_(None),
    )
    due = {number: moment for number, moment in db.session.execute(wanted)} if numbers else {}
    return [
        (slot, min(due[number] for number in slot.letters))
        for slot in changed
        if {*slot.letters} <= due.keys()
    ]


def _together(
    announced: datetime | None, unsent: Sequence[tuple[Slot, datetime]]
) -> datetime | None:
    if announced is None or announced + RECALL_WITHIN <= clock.now():
        return None
    return min((due for _slot, due in unsent), default=announced + RECALL_WITHIN)
