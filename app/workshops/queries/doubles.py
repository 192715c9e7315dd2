"""Events at which two persons both have a place, and which of the two would stay."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.core.texts import local
from app.events.models import Event
from app.workshops.models import Enrolment
from app.workshops.queries.arrivals import came_with
from app.workshops.queries.places import TicketedEnrolment, all_places, listed
from app.workshops.rules.places import LIVE_STATES, EnrolmentState


@dataclass(frozen=True)
class DoublePlace:
    """One event with the place that would stay and the one that would be cancelled."""

    stays: TicketedEnrolment
    goes: TicketedEnrolment
    both_came: bool

    @property
    def title(self) -> str:
        return local(self.stays.event.title)


def places_of_person(person_id: int) -> Sequence[TicketedEnrolment]:
    """All places of a person, the latest event first."""
    theirs = all_places().where(Enrolment.person_id == person_id)
    return listed(theirs.order_by(Event.starts_at.desc(), Enrolment.id))


def double_places(one_id: int, other_id: int) -> list[DoublePlace]:
    """Where both have a place or wait, in order of the events."""
    live = Enrolment.state.in_(LIVE_STATES)
    both = all_places().where(Enrolment.person_id.in_([one_id, other_id]), live)
    by_event: dict[int, list[TicketedEnrolment]] = {}
    for place in listed(both.order_by(Enrolment.event_id, Enrolment.id)):
        by_event.setdefault(place.event.id, []).append(place)
    return [_double(places) for places in by_event.values() if len(places) > 1]


def _double(places: list[TicketedEnrolment]) -> DoublePlace:
    came = {
        place.enrolment.id: came_with(place.enrolment.id, place.event.id) is not None
        for place in places
    }

    def worth(place: TicketedEnrolment) -> tuple[bool, bool, float]:
        enrolment = place.enrolment
        confirmed = enrolment.state == EnrolmentState.CONFIRMED
        return came[enrolment.id], confirmed, -enrolment.joined_at.timestamp()

    stays, goes = sorted(places, key=worth, reverse=True)
    return DoublePlace(stays, goes, all(came.values()))
