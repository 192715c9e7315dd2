"""The applicant's verbs after sending in: answering, confirming, withdrawing; and lapsing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, update

from app.applications import emails, refusals
from app.applications.emails import ApplicationLetter
from app.applications.models import AnswerLink, Application, Message
from app.applications.queries import asking
from app.applications.rules import answers, moves, own_questions, states
from app.applications.rules.audited import ApplicationVerb
from app.applications.rules.states import State, StateReason, Verb
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
    application = owned(actor, application_id)
    application.state = state_after(application.state, Verb.ANSWER)
    person = organisations.person_acting(actor.email, application.organisation_id)
    db.session.add(
        Message(
            application_id=application.id,
            from_team=False,
            person_id=person.id if person else None,
            body=text,
            written_at=clock.now(),
        )
    )
    note(application, ApplicationVerb.ANSWERED, actor)
    return application


def confirm(actor: Actor, application_id: int) -> Application:
    """Say yes to an accepted place, within its deadline; twice is the same as once."""
    application = owned(actor, application_id)
    if application.state == State.CONFIRMED:
        return application
    after = state_after(application.state, Verb.CONFIRM)
    if application.confirm_by is not None and moves.lapsed(
        application.state, application.confirm_by, clock.now()
    ):
        raise refusals.ConfirmedTooLate(day=day_text(application.confirm_by))
    application.state, application.confirmed_at, application.state_before = after, clock.now(), None
    emails.tell(ApplicationLetter.CONFIRMED, application)
    note(application, ApplicationVerb.CONFIRMED, actor)
    return application


def withdraw(actor: Actor, application_id: int) -> Application:
    """The applicant steps back; a place that was given goes on to the next who waits."""
    application = owned(actor, application_id)
    before = application.state
    application.state = state_after(before, Verb.WITHDRAW)
    application.reason = ""
    application.prepared = None
    application.draft = None
    application.state_before = None
    mailings.let_go(About.APPLICATION, [application.id])
    if before != State.DRAFT:
        emails.tell(ApplicationLetter.WITHDRAWN, application)
    note(application, ApplicationVerb.WITHDRAWN, actor)
    _pass_on_if_free(application, before)
    return application


def lapse(application_id: int, now: datetime) -> bool:
    """End an accepted place that was not confirmed in time, and pass it on; whether it was."""
    application = locked(application_id)
    before = application.state
    if not moves.lapsed(before, application.confirm_by, now):
        return False
    application.state = state_after(before, Verb.LAPSE)
    application.reason = StateReason.UNCONFIRMED
    application.decided_at = now
    application.draft = None
    mailings.let_go(About.APPLICATION, [application.id])
    emails.tell(ApplicationLetter.LAPSED, application)
    note(application, ApplicationVerb.LAPSED)
    _pass_on_if_free(application, before)
    return True


def forget(person: Person) -> None:
    """Empty a person's own words in the threads, and take them away as contact on the day."""
    db.session.execute(delete(AnswerLink).where(AnswerLink.person_id == person.id))
    own = update(Message).where(Message.person_id == person.id)
    db.session.execute(own.values(body="", person_id=None))
    for application in asking.acted_for_by(person.id):
        for column in ("details", "draft", "seen"):
            for without in (answers.without_contact, own_questions.without_name):
                left = without(getattr(application, column) or {}, person.name_folded or "")
                if left is not None:
                    setattr(application, column, left)
    db.session.flush()


def _pass_on_if_free(application: Application, before: State) -> None:
    if before in states.HAS_PLACE:
        db.session.flush()
        pass_on(application.event_id, application.role)
