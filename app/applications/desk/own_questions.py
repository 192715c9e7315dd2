"""What an event asks of those who apply, role by role; the editor itself lies in `questions`."""

from __future__ import annotations

from werkzeug.wrappers import Response

from app.applications import wording
from app.applications.desk.blueprint import pages
from app.applications.queries import own_questions as queries
from app.core.access import StaffRole, open_to
from app.core.pages import render
from app.core.refusals import NotFound
from app.events import queries as events
from app.questions import queries as questions
from app.questions.rules import drafts


@pages.get("/desk/events/<slug>/own-questions")
@open_to(StaffRole.ORGANISER)
def own_questions(slug: str) -> Response:
    """Each role with how much is asked of it, and the way to its questions."""
    event = events.event_by_slug(slug)
    if not event.has.applications:
        raise NotFound
    sets = queries.sets_of(event.id)
    written = {role: questions.draft_of(asked) for role, asked in sets.items()}
    unpublished = {
        role
        for role, asked in sets.items()
        if not drafts.says_the_same(written[role], questions.content_asked(asked))
    }
    return render(
        event=event, sets=sets, written=written, unpublished=unpublished, roles=wording.ROLES
    )
