"""What the worker forgets of those who were erased."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select

from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.unit_of_work import unit_of_work
from app.privacy.emails import RECEIPT
from app.privacy.services import scrub_storage


def drop_receipts(_now: datetime) -> int:
    """A round: the receipt of an erasure that has left, or cannot, takes the address along."""
    done = (Letter.kind == RECEIPT, Letter.state != LetterState.WAITING)
    ids = db.session.scalars(select(Letter.id).where(*done).order_by(Letter.id)).all()
    db.session.rollback()
    if not ids:
        return 0
    with unit_of_work():
        db.session.execute(delete(Letter).where(Letter.id.in_(ids)))
    scrub_storage()
    return len(ids)
