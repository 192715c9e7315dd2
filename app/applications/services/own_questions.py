"""An event's own questions to applicants: asked, copied with it, gone with a draft of it."""

from __future__ import annotations

from app.applications.models import Application, RoleQuestions
from app.applications.queries import own_questions
from app.applications.rules import own_questions as rules
from app.core import audit
from app.core.database import db, insert_once
from app.events.rules import EventVerb
from app.questions.rules.askers import Asker
from app.questions.services import editing


def ask(key: str, version_id: int | None) -> None:
    """Ask this version of everyone who applies for the role from now on."""
    whose = rules.whose(key)
    if whose is None:
        return
    event_id, role = whose
    insert_once(RoleQuestions, event_id=event_id, role=role)
    db.session.get_one(RoleQuestions, whose, populate_existing=True).asked_id = version_id
    audit.record("event", event_id, EventVerb.QUESTIONS_SET, role=role)
    db.session.flush()


def copy(from_id: int, to_id: int) -> None:
    """Ask at the second event what the first one asks now."""
    targets = own_questions.sets_of(to_id)
    for role, source in own_questions.sets_of(from_id).items():
        version_id = editing.copy(source, targets[role])
        if version_id is not None:
            insert_once(RoleQuestions, event_id=to_id, role=role)
            row = db.session.get_one(RoleQuestions, (to_id, role), populate_existing=True)
            row.asked_id = version_id


def drop(event_id: int) -> None:
    """The questions of an event that nobody outside has met."""
    for questions in own_questions.sets_of(event_id).values():
        editing.drop(questions.key)


def answered_in(application: Application, version_id: int | None) -> None:
    """The own questions among what was sent in were answered in this version."""
    application.questions_id = version_id


APPLICANTS = Asker(find=own_questions.set_of, answered=own_questions.answered, ask=ask)
