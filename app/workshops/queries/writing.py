"""Who of a workshop's list can be written to."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from app.core.database import db
from app.mailings.rules.states import MOST_RECIPIENTS
from app.people.models import Person
from app.workshops.models import Enrolment
from app.workshops.queries.lists import EnrolmentFilter, matching
from app.workshops.queries.places import TicketedEnrolment, all_places, listed
from app.workshops.rules.places import LIVE_STATES, EnrolmentState


def to_write(event_id: int, chosen: EnrolmentFilter) -> list[tuple[int, str, EnrolmentState]]:
    """Number, name and state of those in the list, by name.

    Who gave up the place is left out unless the filter asks for exactly them; so is whoever left
    no mail address.
    """
    states = [chosen.state] if chosen.state else sorted(LIVE_STATES)
    statement = (
        select(Enrolment.id, Person.name, Enrolment.state)
        .join(Person, Person.id == Enrolment.person_id)
        .where(
            Enrolment.event_id == event_id,
            Enrolment.state.in_(states),
            Person.email.is_not(None),
        )
    )
    if chosen.search:
        statement = statement.where(matching(event_id, chosen.search))
    by_name = statement.order_by(Enrolment.sort_text, Enrolment.id).limit(MOST_RECIPIENTS)
    return [(row.id, row.name, row.state) for row in db.session.execute(by_name)]


def numbered(enrolment_ids: Collection[int]) -> Sequence[TicketedEnrolment]:
    """The places with these numbers, by name; one that was given up comes last."""
    statement = all_places().where(Enrolment.id.in_(enrolment_ids))
    given_up = Enrolment.state == EnrolmentState.CANCELLED
    return listed(statement.order_by(given_up, Enrolment.sort_text, Enrolment.id))
