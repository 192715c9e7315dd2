"""Where the mail address of somebody is corrected whom a letter did not reach."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import Row, func, select

from app.core.database import db
from app.events.models import Event
from app.organisations.models import Representative
from app.workshops.models import Enrolment
from app.workshops.rules.places import EnrolmentState


def newest_places(person_ids: Collection[int]) -> Sequence[Row[int, int, str]]:
    """(person, enrolment, the event's address) of the last place that each of them took."""
    newest = (
        select(func.max(Enrolment.id))
        .where(Enrolment.person_id.in_(person_ids), Enrolment.state != EnrolmentState.CANCELLED)
        .group_by(Enrolment.person_id)
    )
    return db.session.execute(
        select(Enrolment.person_id, Enrolment.id, Event.slug)
        .join(Event, Event.id == Enrolment.event_id)
        .where(Enrolment.id.in_(newest))
    ).all()


def spoken_for(person_ids: Collection[int]) -> Sequence[Row[int, int]]:
    """(person, organisation) of those who may act for one, the newest last."""
    return db.session.execute(
        select(Representative.person_id, Representative.organisation_id)
        .where(Representative.person_id.in_(person_ids), Representative.ended_at.is_(None))
        .order_by(Representative.id)
    ).all()
