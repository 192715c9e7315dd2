"""What the desk put right in the counts."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import select

from app.core.database import db
from app.crowd.models import TallyCorrection

SHOWN = 200


def corrections(event_id: int) -> Sequence[TallyCorrection]:
    """The latest first."""
    statement = (
        select(TallyCorrection)
        .where(TallyCorrection.event_id == event_id)
        .order_by(TallyCorrection.id.desc())
        .limit(SHOWN)
    )
    return db.session.scalars(statement).all()
