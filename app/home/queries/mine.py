"""Everything of one address: organisations, applications, places and questions waiting."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app.applications.models import Application
from app.applications.queries import asking
from app.core import clock
from app.core.database import db
from app.events.models import Event
from app.organisations import queries as organisations
from app.organisations.models import Claim, Organisation
from app.people.models import Person
from app.surveys.models import Invitation, Wave
from app.surveys.queries.respondents import token_of
from app.surveys.rules import Disposition
from app.workshops.emails import private_link
from app.workshops.queries.lists import places_of
from app.workshops.queries.places import TicketedEnrolment
from app.workshops.rules.places import LIVE_STATES

WAITING_FOR_ANSWERS = (Disposition.SENT, Disposition.OPENED, Disposition.PARTIAL)


@dataclass(frozen=True)
class OwnPlace:
    """A place with the address that shows, changes and cancels it."""

    place: TicketedEnrolment
    link: str


@dataclass(frozen=True)
class OpenSurvey:
    """A survey that waits for this person's answers."""

    event: Event | None
    token: str


@dataclass(frozen=True)
class Mine:
    """All that an address meets on its page."""

    organisations: Sequence[Organisation]
    claims: Sequence[Claim]
    applications: Sequence[Application]
    coming: Sequence[OwnPlace]
    past: Sequence[OwnPlace]
    questions: Sequence[OpenSurvey]

    @property
    def nothing(self) -> bool:
        lists = (self.organisations, self.claims, self.coming, self.past, self.questions)
        return not any(lists)


def of_email(email: str) -> Mine:
    """What the address may see and do."""
    now = clock.now()
    places = [
        OwnPlace(ticketed, private_link(ticketed.enrolment.id)) for ticketed in places_of(email)
    ]
    return Mine(
        organisations=organisations.of_email(email),
        claims=organisations.claims_of(email),
        applications=asking.of_email(email),
        coming=[place for place in reversed(places) if _lies_ahead(place.place, now)],
        past=[place for place in places if not _lies_ahead(place.place, now)],
        questions=_questions(email, now),
    )


def _lies_ahead(place: TicketedEnrolment, now: datetime) -> bool:
    return place.event.ends_at >= now and place.enrolment.state in LIVE_STATES


def _questions(email: str, now: datetime) -> list[OpenSurvey]:
    statement = (
        select(Invitation.id, Event)
        .join(Person, Person.id == Invitation.person_id)
        .join(Wave, Wave.id == Invitation.wave_id)
        .outerjoin(Event, Event.id == Invitation.event_id)
        .where(
            Person.email == email,
            Invitation.disposition.in_(WAITING_FOR_ANSWERS),
            Wave.closed_at.is_(None),
            Wave.closes_on >= clock.today(),
        )
        .order_by(Invitation.due_at)
    )
    return [OpenSurvey(event, token_of(number)) for number, event in db.session.execute(statement)]
