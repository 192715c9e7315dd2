"""Making, correcting and dropping the stages of an event."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import func, select

from app.core import audit
from app.core.database import db
from app.core.numbers import clock_text
from app.core.texts import local
from app.events import queries as events
from app.stage.models import Slot, Stage
from app.stage.queries import slots
from app.stage.queries.programme import title_of
from app.stage.refusals import SlotOutOfHours, SlotsTooClose, StageInUse
from app.stage.rules.audited import StageVerb
from app.stage.rules.placing import clear_at
from app.stage.services import line_ups, telling


@dataclass(frozen=True)
class StageFacts:
    """What a stage is; the name by language, the change-over in minutes."""

    name: Mapping[str, str]
    opens_at: datetime
    closes_at: datetime
    change_over: int = 0
    place: str = ""
    call: str = ""


def make(event_id: int, facts: StageFacts) -> Stage:
    """One more stage."""
    line_ups.held(event_id)
    stage = Stage(event_id=event_id, **_columns(facts))
    db.session.add(stage)
    db.session.flush()
    audit.record("stage", stage.id, StageVerb.STAGE_MADE)
    return stage


def correct(stage_id: int, facts: StageFacts) -> Stage:
    """Other facts of a stage, as long as who plays there still can."""
    event = events.event(slots.stage(stage_id).event_id)
    line_up = line_ups.held(event.id)
    stage = db.session.get_one(Stage, stage_id, populate_existing=True)
    columns = _columns(facts)
    changed = sorted(name for name, value in columns.items() if getattr(stage, name) != value)
    if not changed:
        return stage
    playing = [one for one in slots.of_event(stage.event_id) if one.stage_id == stage_id]
    _refuse_misfits(playing, facts)
    before = [telling.standing(slot) for slot in playing]
    for name in changed:
        setattr(stage, name, columns[name])
    for slot, stood in zip(playing, before, strict=True):
        slot.clear_at = clear_at(slot.ends_at, stage.hours.change_over)
        # Another name, place or contact is told to those who play there.
        if telling.standing(slot) != stood:
            slot.sequence += 1
            telling.tell(line_up, event, slot, stood)
    db.session.flush()
    audit.record("stage", stage.id, StageVerb.STAGE_CORRECTED, fields=changed)
    return stage


def drop(stage_id: int) -> None:
    """No longer a stage; refused while an act has a time there. One on which acts once had a time
    stays for their letters and calendars."""
    event_id = slots.stage(stage_id).event_id
    line_ups.held(event_id)
    stage = db.session.get_one(Stage, stage_id, populate_existing=True)
    for slot in slots.of_event(event_id):
        if slot.stage_id == stage_id:
            raise StageInUse(
                act=title_of(slot.application),
                stage=local(stage.name),
                time=clock_text(slot.starts_at),
            )
    audit.record("stage", stage.id, StageVerb.STAGE_DROPPED)
    if db.session.scalar(select(func.count()).where(Slot.stage_id == stage_id)):
        stage.retired = True
        db.session.flush()
    else:
        db.session.delete(stage)
        db.session.flush()


def _columns(facts: StageFacts) -> dict[str, object]:
    return {**vars(facts), "name": dict(facts.name)}


def _refuse_misfits(playing: list[Slot], facts: StageFacts) -> None:
    for slot in playing:
        if slot.starts_at < facts.opens_at or slot.ends_at > facts.closes_at:
            raise SlotOutOfHours(act=title_of(slot.application), time=clock_text(slot.starts_at))
    for slot, following in pairwise(playing):
        if slot.ends_at + timedelta(minutes=facts.change_over) > following.starts_at:
            raise SlotsTooClose(
                act=title_of(slot.application),
                other=title_of(following.application),
                minutes=facts.change_over,
            )
