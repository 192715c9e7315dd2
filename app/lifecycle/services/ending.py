"""Taking an event off the public pages, and deleting a draft."""

from __future__ import annotations

from sqlalchemy import delete

from app.applications.services import own_questions
from app.core.database import db
from app.events.models import Event
from app.events.services import editing, scheduling
from app.lifecycle import queries, refusals, rules
from app.lifecycle.wording import KEEPS_DRAFT, KEEPS_OTHERWISE
from app.workshops.services import questions, seats


def unpublish(event: Event) -> None:
    """Only while nobody is enrolled and nobody has applied."""
    if queries.used(event.id, ["workshops"]):
        # Whoever enrols in this moment is either counted below or finds no event.
        seats.locked(event.id)
    scheduling.unpublish(event)
    enrolled, applied = queries.people_of(event)
    if enrolled or applied:
        raise refusals.HasPeople(enrolled=enrolled, applied=applied)


def delete_draft(event: Event) -> None:
    """The draft with its places, its plan and its doors; nothing that tells of people."""
    scheduling.lock(event)
    kept = queries.used(event.id, rules.LEFT_BEHIND)
    if kept:
        raise refusals.HasHistory(reason=KEEPS_DRAFT.get(kept[0], KEEPS_OTHERWISE))
    for name in (*reversed(rules.COPIED), *rules.DISCARDED):
        if name not in queries.OWN:
            rows = queries.of_event(name, event.id)
            db.session.execute(delete(queries.table(name)).where(rows))
    own_questions.drop(event.id)
    questions.drop_questions(event.id)
    editing.delete(event)
