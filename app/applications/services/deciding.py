"""The team's verbs: scoring, asking, preparing a decision, releasing it, cancelling."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.applications import emails, refusals
from app.applications.emails import ApplicationLetter
from app.applications.models import Application, Message, Review
from app.applications.queries import asking
from app.applications.rules import moves, states
from app.applications.rules.audited import ApplicationVerb
from app.applications.rules.states import State, StateReason, Verb
from app.applications.services import offering
from app.applications.services.rows import locked, note, state_after
from app.applications.services.writing import looked_at
from app.core import clock, outbox
from app.core.database import db, insert_once
from app.events.rules import EventState
from app.mailings import services as mailings
from app.mailings.rules.states import RECALL_WITHIN, About

LETTERS = {
    State.ACCEPTED: ApplicationLetter.ACCEPTED,
    State.WAITLISTED: ApplicationLetter.WAITLISTED,
    State.DECLINED: ApplicationLetter.DECLINED,
}


def score(staff_id: int, application_id: int, points: int, comment: str) -> None:
    """Give or replace one's own score (1–5) and comment."""
    application = locked(application_id)
    insert_once(
        Review,
        application_id=application.id,
        staff_id=staff_id,
        score=points,
        comment=comment,
        written_at=clock.now(),
    )
    own = select(Review).filter_by(application_id=application.id, staff_id=staff_id)
    review = db.session.scalars(own).one()
    review.score, review.comment, review.written_at = points, comment, clock.now()
    note(application, ApplicationVerb.SCORED, score=points)


def ask_for_changes(application_id: int) -> None:
    """Ask the applicant to send, or to discard, the corrections that were not sent."""
    application = locked(application_id)
    if not application.has_unsent_changes:
        raise refusals.NothingUnsent
    emails.tell(ApplicationLetter.UNSENT, application)
    note(application, ApplicationVerb.REMINDED)


def ask(application_id: int, question: str, answer_by: datetime) -> None:
    """Ask the applicant something, with a deadline; the place is kept meanwhile."""
    application = locked(application_id)
    application.state = state_after(application.state, Verb.ASK)
    asked = Message(
        application_id=application.id,
        from_team=True,
        body=question,
        answer_by=answer_by,
        written_at=clock.now(),
    )
    db.session.add(asked)
    emails.tell(ApplicationLetter.ASKED, application, question=asked)
    note(application, ApplicationVerb.ASKED)


def prepare(
    staff_id: int, application_ids: Collection[int], decision: str, reason: str = ""
) -> int:
    """Note a decision that nobody outside sees until it is released; how many could be.

    An empty decision takes a prepared one away again.
    """
    done = 0
    for application_id in sorted(set(application_ids)):
        application = locked(application_id)
        if decision and not moves.possible(application.state, states.DECISIONS[State(decision)]):
            continue
        application.prepared = State(decision) if decision else None
        application.prepared_reason = reason if decision else ""
        application.prepared_by = staff_id if decision else None
        note(application, ApplicationVerb.PREPARED, decision=decision)
        done += 1
    return done


def release(application_ids: Collection[int], days: int = states.CONFIRM_DAYS) -> int:
    """Make prepared decisions known, each with its letter; how many were."""
    applications = [locked(one) for one in sorted(set(application_ids))]
    ready = [(one, decision) for one in applications if (decision := _decision_of(one))]
    if not ready:
        raise refusals.NothingPrepared
    for application, decision in ready:
        _release(application, decision, days)
    return len(ready)


def recall(application_id: int) -> None:
    """Take a released decision back while its letters have not left."""
    if not taken_back(locked(application_id)):
        raise refusals.TooLateToRecall


def recall_many(application_ids: Collection[int]) -> int:
    """Take back what was released, as far as its letters have not left; how many were."""
    done = sum(taken_back(locked(one)) for one in sorted(set(application_ids)))
    if not done:
        raise refusals.TooLateToRecall
    return done


def cancel(application_id: int, reason: str) -> Application:
    """The team ends the application; the reason stands in the letter."""
    application = locked(application_id)
    application.state = state_after(application.state, Verb.CANCEL)
    application.reason, application.decided_at = reason, clock.now()
    application.prepared, application.draft, application.state_before = None, None, None
    mailings.let_go(About.APPLICATION, [application.id])
    emails.tell(ApplicationLetter.CANCELLED, application)
    note(application, ApplicationVerb.CANCELLED)
    return application


def looked(application_id: int) -> None:
    """The team has seen what changed after the place was given."""
    note(looked_at(application_id), ApplicationVerb.LOOKED_AT)


def pass_on(event_id: int, role: str) -> Application | None:
    """Give a place that became free to the first on the waiting list."""
    waiting = asking.next_waiting(event_id, role)
    if waiting is None:
        return None
    application = asking.application(waiting.id)
    event = application.event
    if clock.now() >= event.starts_at or event.state is EventState.CANCELLED:
        return None
    application.prepared, application.prepared_reason = None, ""
    _accept(application, StateReason.PASSED_ON, states.CONFIRM_DAYS)
    emails.tell(ApplicationLetter.ACCEPTED, application, answered_by=offering.links(application))
    note(application, ApplicationVerb.PASSED_ON)
    return application


def taken_back(application: Application) -> bool:
    """Take a release back to being prepared, while none of its letters has left; whether it was.

    Raises TooLateToRecall where only some of them could be held back.
    """
    letters = application.release_letters
    if application.state_before is None or outbox.waits_until(letters) is None:
        return False
    # Who was declined may have begun anew in these two minutes.
    other = asking.live_one(application.event_id, application.organisation_id, application.role)
    if other is not None and other.id != application.id:
        return False
    # The worker may take one of them up at this very moment: then all of them go.
    if outbox.call_back(letters) != len(letters):
        raise refusals.TooLateToRecall
    application.prepared, application.prepared_reason = application.state, application.reason
    application.state, application.reason = application.state_before, ""
    application.state_before, application.release_letters = None, []
    offering.end_links(application.id)
    application.confirm_by = application.decided_at = None
    note(application, ApplicationVerb.RECALLED)
    return True


def _decision_of(application: Application) -> State | None:
    """The prepared decision, as long as it still applies."""
    decision = application.prepared
    if decision is None or not moves.possible(application.state, states.DECISIONS[decision]):
        return None
    return decision


def _release(application: Application, decision: State, days: int) -> None:
    before = application.state
    reason = application.prepared_reason
    application.prepared, application.prepared_reason = None, ""
    if decision == State.ACCEPTED:
        _accept(application, reason, days)
    else:
        application.state = decision
        application.reason = reason
        application.decided_at = clock.now()
    if decision == State.WAITLISTED:
        application.waitlisted_at = application.waitlisted_at or clock.now()
    application.state_before = before
    due = clock.now() + RECALL_WITHIN
    db.session.flush()
    letters = emails.tell(
        LETTERS[decision],
        application,
        due_at=due,
        rank=asking.rank(application),
        answered_by=offering.links(application) if decision == State.ACCEPTED else None,
    )
    db.session.flush()
    application.release_letters = [letter.id for letter in letters]
    note(application, ApplicationVerb.RELEASED)


def _accept(application: Application, reason: str, days: int) -> None:
    now = clock.now()
    application.state, application.reason, application.decided_at = State.ACCEPTED, reason, now
    application.confirm_by = moves.confirm_by(now, application.event.starts_at, days)
    application.seen = application.details
    application.seen_name = application.organisation.name
    application.needs_look = False
