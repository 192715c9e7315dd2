"""What happens to the changes of events when time passes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text, cast, update

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events.models import EventChange
from app.events.rules import TAKE_BACK_WITHIN


def forget_how_it_stood(now: datetime) -> int:
    """What can no longer be taken back needs not to be known any more: it quotes applications."""
    old = update(EventChange).where(
        EventChange.made_at <= now - 2 * TAKE_BACK_WITHIN, cast(EventChange.before, Text) != "{}"
    )
    with unit_of_work():
        return int(db.session.execute(old.values(before={})).rowcount)  # type: ignore[attr-defined]
