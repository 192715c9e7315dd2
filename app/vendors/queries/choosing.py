"""Whether the accepted of a festival choose their own stalls now."""

from __future__ import annotations

from app.applications.models import Application
from app.applications.rules.states import HAS_PLACE, State
from app.core import clock
from app.core.database import db
from app.vendors.models import StallChoosing


def choosing_of(event_id: int) -> StallChoosing | None:
    """What the team has decided, as it stands now, also once it is over."""
    return db.session.get(StallChoosing, event_id, populate_existing=True)


def open_for(application: Application) -> StallChoosing | None:
    """What the applicant may choose now, if anything."""
    choosing = choosing_of(application.event_id)
    if choosing is None or choosing.closes_at <= clock.now():
        return None
    return choosing if State(application.state) in HAS_PLACE else None
