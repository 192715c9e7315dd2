"""Two persons turn out to be one: their invitations become that one's."""

from __future__ import annotations

from sqlalchemy import delete, exists, select, update

from app.core import outbox
from app.core.database import db
from app.people.models import Person
from app.surveys.models import Invitation, Response
from app.surveys.rules import Disposition


def follow_person(gone: Person, stays: Person) -> None:
    """Give one person the invitations of another, once in each wave.

    Whoever was asked twice and answered once was asked once. Two answers both stay and count as
    before; the second is bound to its event and wave alone, as it is after an erasure.
    """
    for wave_id in _waves_of_both(gone, stays):
        _leave_one(wave_id, gone, stays)
    of_gone = Invitation.person_id == gone.id
    db.session.execute(update(Invitation).where(of_gone).values(person_id=stays.id))
    db.session.flush()


def _waves_of_both(gone: Person, stays: Person) -> list[int]:
    theirs = select(Invitation.wave_id).where(Invitation.person_id == stays.id)
    both = select(Invitation.wave_id).where(
        Invitation.person_id == gone.id, Invitation.wave_id.in_(theirs)
    )
    return list(db.session.scalars(both.order_by(Invitation.wave_id)))


def _leave_one(wave_id: int, gone: Person, stays: Person) -> None:
    asked = select(Invitation).where(
        Invitation.wave_id == wave_id, Invitation.person_id.in_([gone.id, stays.id])
    )
    invitations = db.session.scalars(asked.order_by(Invitation.id)).all()
    answered = set(
        db.session.scalars(
            select(Response.invitation_id).where(
                Response.invitation_id.in_([each.id for each in invitations])
            )
        )
    )
    _first, second = sorted(
        invitations,
        key=lambda each: (
            each.disposition != Disposition.COMPLETE,
            each.id not in answered,
            each.person_id != stays.id,
        ),
    )
    if second.letter_id is not None:
        outbox.call_back([second.letter_id])
    same = Invitation.id == second.id
    if second.id in answered:
        cut = {"person_id": None, "token_hash": None, "letter_id": None}
        db.session.execute(update(Invitation).where(same).values(cut))
    else:
        answers = exists().where(Response.invitation_id == Invitation.id)
        db.session.execute(delete(Invitation).where(same, ~answers))
    db.session.expire_all()
