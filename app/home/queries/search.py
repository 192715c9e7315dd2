"""One search over people, organisations, events and applications, as the reader may see them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Row, select
from sqlalchemy.orm import contains_eager, joinedload

from app.applications.models import Application
from app.applications.rules.states import State
from app.core.database import db
from app.core.searching import holds
from app.events import queries as events
from app.events.models import Event
from app.lists.finding import text_holds
from app.organisations.models import Organisation, Representative
from app.organisations.queries import found_by
from app.people.models import Person
from app.workshops.models import Enrolment

# Of each kind so many are shown, and one more tells that there are others.
SHOWN = 10
# Of one letter there is half a city.
SHORTEST = 2


@dataclass(frozen=True)
class MayFind:
    """Which kinds of things the reader may open: what they may not is not looked for."""

    people: bool = False
    organisations: bool = False
    applications: bool = False


@dataclass(frozen=True)
class Found:
    """What was found, of each kind the first few and one more."""

    events: Sequence[Event] = field(default_factory=list)
    places: Sequence[Row[Enrolment, Person, Event]] = field(default_factory=list)
    representatives: Sequence[Representative] = field(default_factory=list)
    organisations: Sequence[Organisation] = field(default_factory=list)
    applications: Sequence[Application] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Nothing of any kind."""
        people = self.places or self.representatives
        return not (self.events or people or self.organisations or self.applications)


def find(words: str, may: MayFind) -> Found:
    """Everything that holds each of the words, in as many statements for many as for few."""
    if len(words.strip()) < SHORTEST:
        return Found()
    return Found(
        events=_events(words),
        places=_places(words) if may.people else [],
        representatives=_representatives(words) if may.people else [],
        organisations=_organisations(words) if may.organisations else [],
        applications=_applications(words) if may.applications else [],
    )


def _events(words: str) -> list[Event]:
    """There are some hundreds, each with a title in several languages."""
    told = [
        event
        for event in events.all_events()
        if text_holds(" ".join([*event.title.values(), event.slug, event.place or ""]), words)
    ]
    return told[: SHOWN + 1]


def _places(words: str) -> Sequence[Row[Enrolment, Person, Event]]:
    statement = (
        select(Enrolment, Person, Event)
        .join(Person, Person.id == Enrolment.person_id)
        .join(Event, Event.id == Enrolment.event_id)
        .where(holds(Enrolment.search_text, words))
        .order_by(Event.starts_at.desc(), Enrolment.sort_text, Enrolment.id)
    )
    return db.session.execute(statement.limit(SHOWN + 1)).all()


def _representatives(words: str) -> list[Representative]:
    """Few enough to be looked through by name and address as they are."""
    statement = (
        select(Representative)
        .join(Representative.person)
        .where(Representative.ended_at.is_(None), Person.erased_at.is_(None))
        .options(contains_eager(Representative.person), joinedload(Representative.organisation))
        .order_by(Representative.id.desc())
    )
    told = [
        acting
        for acting in db.session.scalars(statement)
        if text_holds(f"{acting.person.name} {acting.person.email or ''}", words)
    ]
    return told[: SHOWN + 1]


def _organisations(words: str) -> Sequence[Organisation]:
    statement = select(Organisation).where(found_by(words))
    by_name = statement.order_by(Organisation.sort_text, Organisation.id)
    return db.session.scalars(by_name.limit(SHOWN + 1)).all()


def _applications(words: str) -> Sequence[Application]:
    statement = (
        select(Application)
        .join(Application.organisation)
        .join(Application.event)
        .where(Application.state != State.DRAFT, found_by(words))
        .options(contains_eager(Application.organisation), contains_eager(Application.event))
        .order_by(Event.starts_at.desc(), Organisation.sort_text, Application.id)
    )
    return db.session.scalars(statement.limit(SHOWN + 1)).all()
