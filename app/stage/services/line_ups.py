"""The programme of one event as a whole: held while it changes, announced, and that taken back."""

from __future__ import annotations

from sqlalchemy import select

from app.core import audit, clock, outbox
from app.core.database import db, insert_once
from app.events import queries as events
from app.events.rules import PUBLIC_STATES, EventState
from app.mailings.rules.states import RECALL_WITHIN
from app.stage.models import LineUp
from app.stage.queries import slots
from app.stage.refusals import (
    EventIsOff,
    EventNotPublic,
    LettersHaveLeft,
    NothingToAnnounce,
)
from app.stage.rules.audited import StageVerb
from app.stage.services.telling import tell


def held(event_id: int) -> LineUp:
    """The event's line-up, which nobody else changes until this transaction ends."""
    insert_once(LineUp, event_id=event_id)
    wanted = select(LineUp).where(LineUp.event_id == event_id).with_for_update()
    return db.session.scalars(wanted.execution_options(populate_existing=True)).one()


def announce(event_id: int) -> int:
    """Let the public see the programme, and write to all who have a time; how many letters."""
    event = events.event(event_id)
    if event.state is EventState.CANCELLED:
        raise EventIsOff
    if event.state not in PUBLIC_STATES:
        raise EventNotPublic
    line_up = held(event_id)
    if line_up.announced_at is not None:
        return 0
    standing = slots.of_event(event_id)
    if not standing:
        raise NothingToAnnounce
    line_up.announced_at = clock.now()
    for slot in standing:
        tell(line_up, event, slot, None)
    audit.record("event", event_id, StageVerb.ANNOUNCED, slots=len(standing))
    return sum(len(slot.letters) for slot in standing)


def recall_announcement(event_id: int) -> None:
    """A draft again, as long as none of the letters has left."""
    line_up = held(event_id)
    announced = line_up.announced_at
    if announced is None or announced + RECALL_WITHIN < clock.now():
        raise LettersHaveLeft
    waiting = slots.waiting(event_id)
    letters = [number for slot in waiting for number in slot.letters]
    # The worker may take one of them up at this very moment: then all of them go.
    if outbox.call_back(letters) != len(letters):
        raise LettersHaveLeft
    line_up.announced_at = None
    for slot in waiting:
        slot.letters, slot.told = [], None
    audit.record("event", event_id, StageVerb.ANNOUNCEMENT_RECALLED)
