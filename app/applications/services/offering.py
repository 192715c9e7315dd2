"""The links by which an offer is answered: made with its letter, ended when it is taken back."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import delete

from app.applications.models import AnswerLink, Application
from app.core import clock
from app.core.addresses import link_to
from app.core.database import db
from app.core.tokens import new_token, token_hash
from app.organisations import queries as organisations

# So long an old letter's link says what became of the offer; then it is one of many unknown ones.
KEPT = timedelta(days=180)


def links(application: Application) -> dict[int, str]:
    """One for each person that the letter goes to; only its hash is kept."""
    made = {}
    for person in organisations.correspondents(application.organisation_id):
        token = new_token()
        db.session.add(
            AnswerLink(
                application_id=application.id,
                person_id=person.person_id,
                token_hash=token_hash(token),
                link_number=person.link_number,
                made_at=clock.now(),
            )
        )
        made[person.person_id] = link_to("applications.offer", token=token)
    return made


def end_links(application_id: int) -> None:
    """The offer is taken back before anybody has read of it."""
    db.session.execute(delete(AnswerLink).where(AnswerLink.application_id == application_id))


def drop_old_links(now: datetime) -> int:
    """Those whose offer was answered, or went on, long ago; how many they were."""
    old = delete(AnswerLink).where(AnswerLink.made_at < now - KEPT)
    return int(db.session.execute(old).rowcount)  # type: ignore[attr-defined]
