"""The team's verbs: scoring, asking, preparing a decision, releasing it, cancelling."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select

from app.applications import emails, refusals
from app.applications.models import Application, Message, Review
from app.applications.queries import asking
from app.applications.rules import moves, states
from app.applications.rules.states import Reason, State, Verb
from app.applications.services.rows import locked, note, state_after
from app.applications.services.writing import looked_at
from app.core import clock, outbox
from app.core.database import db, insert_once
from app.mailings import services as mailings
from app.mailings.rules.states import RECALL_WITHIN, About

LETTERS = {
    State.ACCEPTED: "accepted",
    State.WAITLISTED: "waitlisted",
    State.DECLINED: "declined",
}


def score(staff_id: int, application_id: int, points: int, comment: str) -> None:
    """Give or replace one's own score (1–5) and comment."""
    kept = locked(application_id)
    insert_once(
        Review,
        application_id=kept.id,
        staff_id=staff_id,
        score=points,
        comment=comment,
        written_at=clock.now(),
    )
    own = select(Review).filter_by(application_id=kept.id, staff_id=staff_id)
    review = db.session.scalars(own).one()
    review.score, review.comment, review.written_at = points, comment, clock.now()
    note(kept, "scored", score=points)


def ask(application_id: int, question: str, answer_by: datetime) -> None:
    """Ask the applicant something, with a deadline; the place is kept meanwhile."""
    kept = locked(application_id)
    kept.state = state_after(kept.state, Verb.ASK)
    db.session.add(
        Message(
            application_id=kept.id,
            from_team=True,
            body=question,
            answer_by=answer_by,
            written_at=clock.now(),
        )
    )
    emails.tell("asked", kept, question=question, answer_by=answer_by)
    note(kept, "asked")


def prepare(
    staff_id: int, application_ids: Collection[int], decision: str, reason: str = ""
) -> int:
    """Note a decision that nobody outside sees until it is released; how many could be.

    An empty decision takes a prepared one away again.
    """
    done = 0
    for application_id in sorted(set(application_ids)):
        kept = locked(application_id)
        if decision and not moves.possible(kept.state, states.DECISIONS[State(decision)]):
            continue
        kept.prepared, kept.prepared_reason = decision or None, reason if decision else ""
        kept.prepared_by = staff_id if decision else None
        note(kept, "prepared", decision=decision)
        done += 1
    return done


def release(application_ids: Collection[int], days: int = states.CONFIRM_DAYS) -> int:
    """Make prepared decisions known, each with its letter; how many were."""
    kept = [locked(one) for one in sorted(set(application_ids))]
    ready = [one for one in kept if _may_be_released(one)]
    if not ready:
        raise refusals.NothingPrepared
    for one in ready:
        _release(one, days)
    return len(ready)


def recall(application_id: int) -> None:
    """Take a released decision back while its letters have not left."""
    if not _taken_back(locked(application_id)):
        raise refusals.TooLateToRecall


def recall_many(application_ids: Collection[int]) -> int:
    """Take back what was released, as far as its letters have not left; how many were."""
    done = sum(_taken_back(locked(one)) for one in sorted(set(application_ids)))
    if not done:
        raise refusals.TooLateToRecall
    return done


def cancel(application_id: int, reason: str) -> Application:
    """The team ends the application; the reason stands in the letter."""
    kept = locked(application_id)
    kept.state = state_after(kept.state, Verb.CANCEL)
    kept.reason, kept.decided_at = reason, clock.now()
    kept.prepared, kept.draft, kept.state_before = None, None, None
    mailings.let_go(About.APPLICATION, kept.id)
    emails.tell("cancelled", kept)
    note(kept, "cancelled")
    return kept


def looked(application_id: int) -> None:
    """The team has seen what changed after the place was given."""
    note(looked_at(application_id), "looked_at")


def pass_on(event_id: int, role: str) -> Application | None:
    """Give a place that became free to the first on the waiting list."""
    waiting = asking.next_waiting(event_id, role)
    if waiting is None:
        return None
    kept = asking.application(waiting.id)
    if clock.now() >= kept.event.starts_at:
        return None
    kept.prepared, kept.prepared_reason = None, ""
    _accept(kept, Reason.PASSED_ON, states.CONFIRM_DAYS)
    emails.tell("accepted", kept)
    note(kept, "passed_on")
    return kept


def _taken_back(kept: Application) -> bool:
    letters = kept.release_letters
    if kept.state_before is None or outbox.waits_until(letters) is None:
        return False
    # Who was declined may have begun anew in these two minutes.
    other = asking.live_one(kept.event_id, kept.organisation_id, states.Role(kept.role))
    if other is not None and other.id != kept.id:
        return False
    # The worker may take one of them up at this very moment: then all of them go.
    if outbox.call_back(letters) != len(letters):
        raise refusals.TooLateToRecall
    kept.prepared, kept.prepared_reason = kept.state, kept.reason
    kept.state, kept.reason = kept.state_before, ""
    kept.state_before, kept.release_letters = None, []
    kept.confirm_by = kept.decided_at = None
    note(kept, "recalled")
    return True


def _may_be_released(kept: Application) -> bool:
    if kept.prepared is None:
        return False
    return moves.possible(kept.state, states.DECISIONS[State(kept.prepared)])


def _release(kept: Application, days: int) -> None:
    decision, before = State(str(kept.prepared)), kept.state
    reason = kept.prepared_reason
    kept.prepared, kept.prepared_reason = None, ""
    if decision == State.ACCEPTED:
        _accept(kept, reason, days)
    else:
        kept.state, kept.reason, kept.decided_at = decision, reason, clock.now()
    if decision == State.WAITLISTED:
        kept.waitlisted_at = kept.waitlisted_at or clock.now()
    kept.state_before = before
    due = clock.now() + RECALL_WITHIN
    db.session.flush()
    letters = emails.tell(LETTERS[decision], kept, due_at=due, rank=asking.rank(kept))
    db.session.flush()
    kept.release_letters = [letter.id for letter in letters]
    note(kept, "released")


def _accept(kept: Application, reason: str, days: int) -> None:
    now = clock.now()
    kept.state, kept.reason, kept.decided_at = State.ACCEPTED, reason, now
    kept.confirm_by = moves.confirm_by(now, kept.event.starts_at, days)
    kept.seen, kept.seen_name, kept.needs_look = kept.details, kept.organisation.name, False
