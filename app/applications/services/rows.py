"""Reading an application's row under its lock, and noting what was done to it."""

from __future__ import annotations

from sqlalchemy import select

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.refusals import EventCalledOff, NotPossible
from app.applications.rules import moves
from app.applications.rules.audited import ApplicationVerb
from app.applications.rules.states import State, Verb
from app.applications.wording import STATES
from app.core import audit
from app.core.database import db
from app.events.models import Event
from app.events.rules import EventState
from app.organisations.rules import Actor


def locked(application_id: int) -> Application:
    """The application, held by this transaction alone; raises NotFound."""
    lock = select(Application.id).where(Application.id == application_id).with_for_update()
    db.session.execute(lock)
    found = asking.application(application_id)
    db.session.refresh(found, _columns())
    return found


def event_standing(event_id: int) -> EventState:
    """How the event stands, and stays until this transaction ends.

    Asked before an application is held: whoever calls the event off holds the event first.
    """
    statement = select(Event.state).where(Event.id == event_id).with_for_update(read=True)
    return db.session.scalars(statement).one()


def refuse_called_off(event_id: int) -> None:
    """Nobody applies to what does not take place, nor in the moment that it is called off."""
    if event_standing(event_id) is EventState.CANCELLED:
        raise EventCalledOff


def owned(actor: Actor, application_id: int) -> Application:
    """The same, if the actor may act for its organisation; a stranger gets NotFound."""
    asking.application_for(actor, application_id)
    return locked(application_id)


def state_after(state: str, verb: Verb) -> State:
    """The state after the verb; refused where the verb does not apply."""
    after = moves.moved(state, verb)
    if after is None:
        raise NotPossible(state=STATES[State(state)])
    return after


def note(
    application: Application, verb: ApplicationVerb, actor: Actor | None = None, **facts: object
) -> None:
    """Add the change to the trail; it says so when staff did it on behalf of the applicant."""
    if actor is not None and actor.on_behalf:
        facts["on_behalf"] = True
    audit.record("application", application.id, verb, state=application.state, **facts)


def _columns() -> list[str]:
    return [column.key for column in Application.__mapper__.column_attrs]
