"""Everything of one address: what to do, what is coming, what was, and whom it acts for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from app.applications.models import Application
from app.applications.queries import asking
from app.applications.rules.states import ENDED, Role, State
from app.catalogue import queries as catalogue
from app.catalogue.queries import Showing
from app.catalogue.rules import Way
from app.core import clock
from app.events.models import Event
from app.events.rules import EventState
from app.home.queries.todo import Todo, todos
from app.organisations import queries as organisations
from app.organisations.models import Claim, Organisation
from app.stage.models import Slot
from app.stage.queries import programme
from app.workshops.emails import private_link
from app.workshops.queries.lists import places_of
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules.places import LIVE_STATES


@dataclass(frozen=True)
class Own:
    """A place with the address that shows, changes and cancels it, or an application.

    `way` is the way back into its event; None where there is none, or nothing was given up.
    """

    event: Event
    way: Way | None
    place: TicketedEnrolment | None = None
    link: str = ""
    application: Application | None = None
    # When an act plays, once that is announced.
    slots: Sequence[Slot] = ()

    @property
    def lies_ahead(self) -> bool:
        """It is coming, or should have been: what is called off is looked for there."""
        if self.event.ends_at < clock.now():
            return False
        if self.place:
            return self.place.enrolment.state in LIVE_STATES
        return self.application is not None and not self._ended_otherwise(self.application)

    def _ended_otherwise(self, application: Application) -> bool:
        """It ended by itself: not with an event that does not take place."""
        called_off = self.event.state is EventState.CANCELLED
        return application.state in ENDED and not (
            called_off and application.state is State.CANCELLED
        )

    @property
    def order(self) -> tuple[datetime, int]:
        number = self.application.id if self.application else 0
        return self.event.starts_at, self.place.enrolment.id if self.place else number


@dataclass(frozen=True)
class Mine:
    """All that an address meets on its page."""

    organisations: Sequence[Organisation]
    claims: Sequence[Claim]
    todos: Sequence[Todo]
    coming: Sequence[Own]
    past: Sequence[Own]

    @property
    def nothing(self) -> bool:
        lists = (self.organisations, self.claims, self.todos, self.coming, self.past)
        return not any(lists)


def of_email(email: str) -> Mine:
    """What the address may see and do."""
    places, applications = places_of(email), asking.of_email(email)
    own_organisations = organisations.of_email(email)
    events = {place.event.id for place in places} | {one.event_id for one in applications}
    ways = catalogue.coming_ways(events)
    owned = sorted(_owned(places, applications, ways), key=lambda own: own.order)
    return Mine(
        organisations=own_organisations,
        claims=organisations.claims_of(email),
        todos=todos(email, own_organisations, applications, ways),
        coming=[own for own in owned if own.lies_ahead],
        past=[own for own in reversed(owned) if not own.lies_ahead],
    )


def _owned(
    places: Sequence[TicketedEnrolment],
    applications: Sequence[Application],
    ways: Mapping[int, Showing],
) -> list[Own]:
    way = {number: showing.way for number, showing in ways.items()}
    slots = programme.told_to([one.id for one in applications if one.role is Role.ACT])
    # Whoever came back already is not offered the way back.
    there = {
        (place.event.id, place.person.id)
        for place in places
        if place.enrolment.state in LIVE_STATES
    } | {_asking(one) for one in applications if one.state not in ENDED}
    return [
        *(
            Own(
                place.event,
                None if (place.event.id, place.person.id) in there else way.get(place.event.id),
                place,
                private_link(place.enrolment),
            )
            for place in places
        ),
        *(
            Own(
                one.event,
                None if _asking(one) in there else way.get(one.event_id),
                application=one,
                slots=slots.get(one.id, ()),
            )
            for one in applications
        ),
    ]


def _asking(application: Application) -> tuple[int, int, str]:
    return application.event_id, application.organisation_id, application.role
