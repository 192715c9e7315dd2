"""Two persons or organisations turn out to be one: what they wrote becomes that one's."""

from __future__ import annotations

from sqlalchemy import update

from app.applications.models import AnswerLink, Application, Message
from app.applications.queries.doubles import double_applications
from app.applications.refusals import BothApplied
from app.core.database import db
from app.people.models import Person


def follow_person(gone: Person, stays: Person) -> None:
    """Give one person the messages of another, and the links that answer an offer."""
    for model in (Message, AnswerLink):
        theirs = update(model).where(model.person_id == gone.id)
        db.session.execute(theirs.values(person_id=stays.id))


def follow_organisation(gone_id: int, stays_id: int) -> None:
    """Give one organisation the applications of another; two that live are decided on first."""
    doubles = double_applications(gone_id, stays_id)
    if doubles:
        raise BothApplied(title=doubles[0].title)
    theirs = update(Application).where(Application.organisation_id == gone_id)
    db.session.execute(theirs.values(organisation_id=stays_id))
