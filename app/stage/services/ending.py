"""Slots that end because something below ends: the act withdraws, the event is called off."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.services import deciding
from app.applications.services import telling as applying
from app.core import audit, clock
from app.core.database import db
from app.events import queries as events
from app.events.models import Event
from app.organisations.rules import Actor
from app.stage.models import LineUp, Slot
from app.stage.queries import slots
from app.stage.rules.audited import StageVerb
from app.stage.rules.placing import Ended
from app.stage.services import line_ups, telling


def withdraw(actor: Actor, application_id: int) -> Application:
    """The artist steps back: the time is free, and the place goes on."""
    give_up(asking.application_for(actor, application_id))
    return applying.withdraw(actor, application_id)


def cancel(application_id: int, reason: str) -> Application:
    """The team ends the application and frees its time."""
    give_up(asking.application(application_id))
    return deciding.cancel(application_id, reason)


def give_up(application: Application) -> int:
    """End all times of an act; how many it had."""
    line_up = line_ups.held(application.event_id)
    own = slots.live_of(application.id)
    for slot in own:
        end(line_up, application.event, slot, Ended.GIVEN_UP)
    return len(own)


def end_stale(line_up: LineUp, event: Event) -> int:
    """End the times of acts that have no place any more; the line-up is held."""
    gone = slots.stale(event.id)
    for slot in gone:
        end(line_up, event, slot, Ended.GIVEN_UP)
    return len(gone)


def end(line_up: LineUp, event: Event, slot: Slot, because: Ended) -> None:
    """It stands in the programme no more; its row stays for letters and calendars."""
    before = telling.standing(slot)
    slot.ended_at, slot.ended_because = clock.now(), because
    slot.sequence += 1
    audit.record("slot", slot.id, StageVerb.SLOT_ENDED, because=because)
    telling.tell(line_up, event, slot, before)


def leave_free(slot_id: int) -> Slot:
    """Nobody plays in the time that an act gave up, and the team need not be told of it again."""
    line_ups.held(slots.any_slot(slot_id).stage.event_id)
    slot = slots.any_slot(slot_id)
    db.session.refresh(slot, ["ended_because"])
    if slot.ended_because == Ended.GIVEN_UP:
        slot.ended_because = Ended.LEFT_FREE
        audit.record("slot", slot.id, StageVerb.SLOT_LEFT_FREE)
    return slot


def call_off(event_id: int) -> None:
    """The event does not take place, and nobody plays; its own letters tell them so."""
    if not slots.stages(event_id):
        return
    line_ups.held(event_id)
    for slot in slots.of_event(event_id):
        slot.ended_at, slot.ended_because = clock.now(), Ended.CALLED_OFF
        slot.sequence += 1
        audit.record("slot", slot.id, StageVerb.SLOT_ENDED, because=Ended.CALLED_OFF)
    db.session.flush()


def revive(event_id: int) -> None:
    """That was taken back: everybody plays as before."""
    if not slots.stages(event_id):
        return
    line_ups.held(event_id)
    for slot in slots.ended_with(event_id, Ended.CALLED_OFF):
        slot.ended_at, slot.ended_because = None, ""
        slot.sequence += 1
    db.session.flush()


def shift(event_id: int, was: datetime, becomes: datetime) -> None:
    """Stages and slots go along with an event that is moved, by the clock on the wall.

    They stand aside meanwhile: one slot would else land where the next has not left yet.
    """
    if was == becomes or not (stages := slots.stages(event_id)):
        return
    line_ups.held(event_id)
    standing = slots.of_event(event_id)
    numbers = [slot.id for slot in standing]
    db.session.execute(update(Slot).where(Slot.id.in_(numbers)).values(ended_at=was))
    for stage in stages:
        stage.opens_at, stage.closes_at = (
            clock.shifted(moment, was, becomes) for moment in (stage.opens_at, stage.closes_at)
        )
    for slot in standing:
        for name in ("starts_at", "ends_at", "clear_at", "sound_check_at"):
            moment = getattr(slot, name)
            setattr(slot, name, moment and clock.shifted(moment, was, becomes))
        slot.sequence += 1
        slot.letters, slot.told = [], None
    db.session.flush()
    db.session.execute(update(Slot).where(Slot.id.in_(numbers)).values(ended_at=None))


def free_slots(event_id: int) -> int:
    """The round that finds acts which lost their place elsewhere."""
    return end_stale(line_ups.held(event_id), events.event(event_id))
