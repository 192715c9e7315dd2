"""The applicant's verbs after sending in: answering, confirming, withdrawing; and lapsing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import update

from app.applications import emails, refusals
from app.applications.models import Application, Message
from app.applications.queries import asking
from app.applications.rules import answers, moves, states
from app.applications.rules.states import Reason, State, Verb
from app.applications.services.deciding import pass_on
from app.applications.services.rows import locked, note, owned, state_after
from app.core import clock
from app.core.database import db
from app.core.numbers import day_text
from app.mailings import services as mailings
from app.mailings.rules.states import About
from app.organisations import queries as organisations
from app.organisations.rules import Actor
from app.people.models import Person


def answer(actor: Actor, application_id: int, text: str) -> Application:
    """Answer the team's question; the application goes back to where it was."""
    kept = owned(actor, application_id)
    kept.state = state_after(kept.state, Verb.ANSWER)
    person = organisations.person_acting(actor.email, kept.organisation_id)
    db.session.add(
        Message(
            application_id=kept.id,
            from_team=False,
            person_id=person.id if person else None,
            body=text,
            written_at=clock.now(),
        )
    )
    note(kept, "answered", actor)
    return kept


def confirm(actor: Actor, application_id: int) -> Application:
    """Say yes to an accepted place, within its deadline; twice is the same as once."""
    kept = owned(actor, application_id)
    if kept.state == State.CONFIRMED:
        return kept
    after = state_after(kept.state, Verb.CONFIRM)
    if kept.confirm_by is not None and moves.lapsed(kept.state, kept.confirm_by, clock.now()):
        raise refusals.ConfirmedTooLate(day=day_text(kept.confirm_by))
    kept.state, kept.confirmed_at, kept.state_before = after, clock.now(), None
    emails.tell("confirmed", kept)
    note(kept, "confirmed", actor)
    return kept


def withdraw(actor: Actor, application_id: int) -> Application:
    """The applicant steps back; a place that was given goes on to the next who waits."""
    kept = owned(actor, application_id)
    before = State(kept.state)
    kept.state = state_after(before, Verb.WITHDRAW)
    kept.reason, kept.prepared, kept.draft, kept.state_before = "", None, None, None
    mailings.let_go(About.APPLICATION, kept.id)
    if before != State.DRAFT:
        emails.tell("withdrawn", kept)
    note(kept, "withdrawn", actor)
    _pass_on_if_free(kept, before)
    return kept


def lapse(application_id: int, now: datetime) -> bool:
    """End an accepted place that was not confirmed in time, and pass it on; whether it was."""
    kept = locked(application_id)
    before = State(kept.state)
    if not moves.lapsed(before, kept.confirm_by, now):
        return False
    kept.state = state_after(before, Verb.LAPSE)
    kept.reason, kept.decided_at, kept.draft = Reason.UNCONFIRMED, now, None
    mailings.let_go(About.APPLICATION, kept.id)
    emails.tell("lapsed", kept)
    note(kept, "lapsed")
    _pass_on_if_free(kept, before)
    return True


def forget(person: Person) -> None:
    """Empty a person's own words in the threads, and take them away as contact on the day."""
    own = update(Message).where(Message.person_id == person.id)
    db.session.execute(own.values(body="", person_id=None))
    for kept in asking.acted_for_by(person.id):
        for column in ("details", "draft", "seen"):
            left = answers.without_contact(getattr(kept, column) or {}, person.name_folded or "")
            if left is not None:
                setattr(kept, column, left)
    db.session.flush()


def _pass_on_if_free(kept: Application, before: State) -> None:
    if before in states.HAS_PLACE:
        db.session.flush()
        pass_on(kept.event_id, kept.role)
