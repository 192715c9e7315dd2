"""The letters of one person: where they go, what is told of them, how they are forgotten."""

from __future__ import annotations

from sqlalchemy import and_, delete, func, or_, select, update

from app.core.database import db
from app.core.outbox import Letter, LetterState

LOST = (LetterState.BOUNCED, LetterState.DEAD)
WORDED = ("text", "source")


def readdress(person_id: int, before: str, email: str) -> None:
    """What waits for a person under an address that was wrong goes to the right one."""
    waiting = update(Letter).where(
        Letter.person_id == person_id,
        Letter.email == before,
        Letter.state == LetterState.WAITING,
        Letter.leased_until.is_(None),
    )
    db.session.execute(waiting.values(email=email))


def rewrite(person_id: int, email: str, before: str, after: str) -> None:
    """A secret was replaced: what waits for a person at this address tells the new one.

    So does what was lost, for when it is sent again it goes to the address the person has by then.
    """
    waits = and_(
        Letter.email == email,
        Letter.state == LetterState.WAITING,
        Letter.leased_until.is_(None),
    )
    told = update(Letter).where(
        Letter.person_id == person_id,
        or_(waits, Letter.state.in_(LOST)),
        Letter.text.contains(before, autoescape=True),
    )
    columns = {name: func.replace(getattr(Letter, name), before, after) for name in WORDED}
    db.session.execute(told.values(columns))


def about(person_id: int) -> dict[str, object]:
    """The letters kept of a person, by their subject, as long as it is kept."""
    theirs = select(Letter.subject, Letter.created_at).where(Letter.person_id == person_id)
    rows = db.session.execute(theirs.order_by(Letter.id))
    return {
        "letters": [{"subject": row.subject, "sent_at": row.created_at.isoformat()} for row in rows]
    }


def follow_person(gone_id: int, stays_id: int) -> None:
    """Two persons turn out to be one: their letters become that one's."""
    theirs = update(Letter).where(Letter.person_id == gone_id)
    db.session.execute(theirs.values(person_id=stays_id))


def was_refused(email: str) -> bool:
    """Whether the address refused a letter."""
    same = select(Letter.id).where(Letter.email == email, Letter.state == LetterState.BOUNCED)
    return db.session.scalar(same.limit(1)) is not None


def forget(email: str, person_id: int) -> None:
    """Drop the letters of one person: text, address and all."""
    theirs = (Letter.person_id == person_id) | (
        Letter.person_id.is_(None) & (Letter.email == email)
    )
    db.session.execute(delete(Letter).where(theirs))
