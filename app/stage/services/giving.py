"""An act's time on a stage: given, moved, taken back, and that taken back for two minutes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload

from app.applications.models import Application
from app.applications.rules.states import HAS_PLACE, Role
from app.core import audit, clock
from app.core.database import db
from app.core.numbers import clock_text
from app.core.texts import local
from app.events import queries as events
from app.events.models import Event
from app.events.rules import EventState
from app.stage import refusals
from app.stage.models import LineUp, Slot, Stage
from app.stage.queries import slots
from app.stage.queries.programme import title_of
from app.stage.rules import placing
from app.stage.rules.audited import StageVerb
from app.stage.rules.placing import Ended, Placing, SlotClash
from app.stage.services import ending, line_ups, telling


@dataclass(frozen=True)
class SlotFacts:
    """When and where an act plays, and what it is told beside that."""

    stage_id: int
    starts_at: datetime
    minutes: int
    sound_check_at: datetime | None = None
    call: str = ""
    note: str = ""

    @property
    def ends_at(self) -> datetime:
        return self.starts_at + timedelta(minutes=self.minutes)


def give(event_id: int, application_id: int, facts: SlotFacts) -> Slot:
    """A time on a stage for an act that has a place at the event."""
    event, line_up = _held(event_id)
    act = _act(event_id, application_id)
    stage = _stage(event_id, facts.stage_id)
    asked = Placing(0, stage.id, act.id, facts.starts_at, facts.ends_at)
    _refuse_clash(asked, stage, slots.placings(event_id))
    slot = Slot(application_id=act.id, letters=[], created_at=clock.now(), **_times(stage, facts))
    slot.application = act
    with _apart(asked, stage):
        db.session.add(slot)
    audit.record("slot", slot.id, StageVerb.SLOT_GIVEN, stage=stage.id, act=act.id)
    telling.tell(line_up, event, slot, None)
    return slot


def move(slot_id: int, facts: SlotFacts) -> Slot:
    """Another time, stage, sound check or contact for the same act."""
    event, line_up = _held(slots.slot(slot_id).stage.event_id)
    slot = standing_slot(slot_id)
    stage = _stage(event.id, facts.stage_id)
    before = telling.standing(slot)
    asked = Placing(slot.id, stage.id, slot.application_id, facts.starts_at, facts.ends_at)
    _refuse_clash(asked, stage, slots.placings(event.id))
    _rewrite(slot, stage, facts)
    if telling.standing(slot) != before:
        slot.sequence += 1
        audit.record("slot", slot.id, StageVerb.SLOT_MOVED, stage=stage.id)
        telling.tell(line_up, event, slot, before)
    return slot


def take_back(slot_id: int) -> Slot:
    """The act has that time no more."""
    event, line_up = _held(slots.slot(slot_id).stage.event_id)
    slot = standing_slot(slot_id)
    ending.end(line_up, event, slot, Ended.TAKEN_BACK)
    return slot


def recall(slot_id: int) -> Slot:
    """The slot as the letters that have left tell of it; those that have not are called back."""
    event, line_up = _held(slots.any_slot(slot_id).stage.event_id)
    slot = db.session.scalars(
        slots.whole().where(Slot.id == slot_id).execution_options(populate_existing=True)
    ).one()
    told = slot.told
    if not telling.called_back(slot):
        raise refusals.LettersHaveLeft
    slot.letters, slot.told = [], None
    slot.sequence += 1
    if told is None:
        slot.ended_at, slot.ended_because = clock.now(), Ended.RECALLED
    else:
        if slot.application.state not in HAS_PLACE:
            raise refusals.ActWithoutPlace(act=title_of(slot.application))
        stage, facts = _stage(event.id, told["stage_id"]), facts_of(told)
        asked = Placing(slot.id, stage.id, slot.application_id, facts.starts_at, facts.ends_at)
        _refuse_clash(asked, stage, slots.placings(event.id))
        slot.ended_at, slot.ended_because = None, ""
        _rewrite(slot, stage, facts)
        # What changed of the stage itself stands, and is told as before.
        telling.tell(line_up, event, slot, told)
    audit.record("slot", slot.id, StageVerb.SLOT_RECALLED)
    db.session.flush()
    return slot


def facts_of(told: telling.Standing) -> SlotFacts:
    """The facts of a slot as it stood."""
    moments = telling.moments_of(told)
    starts, ends = moments["starts_at"], moments["ends_at"]
    if starts is None or ends is None:
        raise ValueError("a slot has a beginning and an end")
    minutes = int((ends - starts).total_seconds()) // 60
    check = moments["sound_check_at"]
    return SlotFacts(told["stage_id"], starts, minutes, check, told["call"], told["note"])


def at_another_time(slot: Slot, stage_id: int, starts_at: datetime) -> SlotFacts:
    """The slot's facts on that stage at that time; its sound check stays."""
    return replace(facts_of(telling.standing(slot)), stage_id=stage_id, starts_at=starts_at)


def standing_slot(slot_id: int) -> Slot:
    """The slot as it is now, of an event whose line-up the caller holds."""
    wanted = slots.whole().where(Slot.id == slot_id, slots.is_live())
    slot = db.session.scalar(wanted.execution_options(populate_existing=True))
    return slot or slots.slot(0)


def _held(event_id: int) -> tuple[Event, LineUp]:
    line_up = line_ups.held(event_id)
    event = events.event(event_id)
    db.session.refresh(event, ["state"])
    if event.state is EventState.CANCELLED:
        raise refusals.EventIsOff
    ending.end_stale(line_up, event)
    return event, line_up


def _act(event_id: int, application_id: int) -> Application:
    """The application under its lock: whoever ends it in this moment is either before or after."""
    wanted = (
        select(Application)
        .where(Application.id == application_id)
        .options(joinedload(Application.organisation))
        .with_for_update(of=Application)
        .execution_options(populate_existing=True)
    )
    act = db.session.scalar(wanted)
    if act is None or act.event_id != event_id or act.role is not Role.ACT:
        raise refusals.ActUnknown
    if act.state not in HAS_PLACE:
        raise refusals.ActWithoutPlace(act=title_of(act))
    return act


def _stage(event_id: int, stage_id: int) -> Stage:
    stage = db.session.get(Stage, stage_id, populate_existing=True)
    if stage is None or stage.retired or stage.event_id != event_id:
        raise refusals.StageUnknown
    return stage


def _times(stage: Stage, facts: SlotFacts) -> dict[str, object]:
    return {
        "stage": stage,
        "starts_at": facts.starts_at,
        "ends_at": facts.ends_at,
        "clear_at": placing.clear_at(facts.ends_at, stage.hours.change_over),
        "sound_check_at": facts.sound_check_at,
        "call": facts.call,
        "note": facts.note,
    }


def _rewrite(slot: Slot, stage: Stage, facts: SlotFacts) -> None:
    asked = Placing(slot.id, stage.id, slot.application_id, facts.starts_at, facts.ends_at)
    with _apart(asked, stage):
        for name, value in _times(stage, facts).items():
            setattr(slot, name, value)


@contextmanager
def _apart(asked: Placing, stage: Stage) -> Iterator[None]:
    """What the database itself says no to is said in words: it is the last to know."""
    try:
        with db.session.begin_nested():
            yield
    except IntegrityError as error:
        db.session.expire_all()
        _refuse_clash(asked, stage, slots.placings(stage.event_id))
        raise refusals.SomebodyWasQuicker from error


def _refuse_clash(asked: Placing, stage: Stage, standing: list[Placing]) -> None:
    against = placing.clash_of(asked, stage.hours, standing)
    if against is None:
        return
    clash, other = against
    if clash is SlotClash.LENGTH:
        raise refusals.SlotLength
    if clash is SlotClash.OUTSIDE:
        opens, closes = clock_text(stage.opens_at), clock_text(stage.closes_at)
        raise refusals.StageClosed(stage=local(stage.name), opens=opens, closes=closes)
    there = db.session.scalars(slots.whole().where(Slot.id == other.slot_id)).one()
    facts = {
        "act": title_of(there.application),
        "stage": local(there.stage.name),
        "from": clock_text(there.starts_at),
        "until": clock_text(there.ends_at),
    }
    if clash is SlotClash.ELSEWHERE:
        raise refusals.ActElsewhere(**facts)
    if clash is SlotClash.TOO_CLOSE:
        raise refusals.ChangeOverNeeded(minutes=stage.change_over, **facts)
    own = [one for one in standing if one.stage_id == stage.id and one.slot_id != asked.slot_id]
    length = asked.ends_at - asked.starts_at
    free = placing.first_free(length, stage.hours, own, asked.starts_at)
    if free is None:
        raise refusals.StageTaken(**facts)
    raise refusals.StageTakenButFree(free=clock_text(free), **facts)
