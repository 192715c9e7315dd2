"""What happens to sign-ins when time passes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.people import rules
from app.people.models import BrowserSession, SignInLink


def drop_old_sign_ins(now: datetime) -> int:
    """A round: links that are too old go, and visits that nobody can go on with."""
    old = (
        delete(SignInLink).where(SignInLink.expires_at <= now),
        delete(BrowserSession).where(BrowserSession.created_at <= now - rules.ABSOLUTE),
    )
    with unit_of_work():
        return sum(db.session.execute(each).rowcount for each in old)  # type: ignore[attr-defined]
