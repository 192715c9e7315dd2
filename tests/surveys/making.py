"""Workshops that were held, people who came with their goals, and a wave that asks them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import select

from app.checkin.services import paper
from app.core import clock
from app.core.database import db
from app.core.outbox import Letter
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.events.rules import EventKind, Purpose
from app.events.services import scheduling as events
from app.organisations.rules import Contact
from app.people.models import Person
from app.surveys.models import Invitation, Wave
from app.surveys.queries import respondents, waves
from app.surveys.rules import Disposition
from app.surveys.services import inviting, setting_up
from app.workshops.services import changing, enrolling, planning
from app.workshops.services.drafting import Wish

SETS = Path(__file__).parents[2] / "app" / "surveys" / "sets"
DELAY = timedelta(days=180)


@dataclass
class Guest:
    """Somebody who enrols, and perhaps comes with goals."""

    name: str
    goals: Sequence[str] = ()
    shown: bool = True
    came: bool = True
    language: str = "da"
    mail: str = ""

    @property
    def email(self) -> str:
        return self.mail or f"{self.name.split()[0].lower()}@mail.example"


AMINA = Guest("Amina Yusuf", ("Flere fædre til møderne", "Et fast forældrecafé-hold"))


@dataclass
class Job:
    """A wave with its invitations by the person's name."""

    wave_id: int
    ids: dict[str, int] = field(default_factory=dict)

    def token(self, name: str) -> str:
        return respondents.token_of(self.ids[name])

    @property
    def wave(self) -> Wave:
        return db.session.get_one(Wave, self.wave_id)


def held_workshop(slug: str, when: datetime, *guests: Guest) -> int:
    """A workshop in dialogue with parents that these people enrolled in and came to."""
    start = when.replace(hour=8, minute=0, second=0, microsecond=0)
    with at(start - timedelta(days=7)), unit_of_work():
        event = events.create(
            events.Plan(
                slug=slug,
                kind=EventKind.WORKSHOP,
                topic="foraeldredialog",
                title={"da": "Forældredialog", "en": "Dialogue with parents"},
                starts_at=start,
                ends_at=start + timedelta(hours=4),
            )
        )
        opens = start - timedelta(days=8)
        events.open_window(event, Purpose.ENROLMENTS, opens, start)
        events.publish(event)
        planning.open_workshop(event, 50)
        places = [_enrolled(slug, guest) for guest in guests]
    with at(start + timedelta(minutes=5)), unit_of_work():
        came = [place.ticket.id for place, guest in zip(places, guests, strict=True) if guest.came]
        paper.admit_ticked(event.id, came, clock.now(), clock.now())
        for place, guest in zip(places, guests, strict=True):
            if guest.goals:
                changing.set_goals(place.enrolment.id, guest.goals, guest.shown)
        events.mark_held(event_now(event.id))
    return event.id


def held_festival(slug: str, when: datetime) -> int:
    """A festival that took place."""
    with at(when), unit_of_work():
        event = events.create(
            events.Plan(
                slug=slug,
                kind=EventKind.FESTIVAL,
                title={"da": "International Dag"},
                starts_at=when,
                ends_at=when + timedelta(hours=8),
            )
        )
        events.publish(event)
        events.mark_held(event)
        return event.id


def contact(name: str) -> Contact:
    """Somebody who may act for an organisation."""
    return Contact(f"{name.split()[0].lower()}@mail.example", name)


def event_now(event_id: int) -> Any:
    """The event as this transaction has it."""
    return db.session.get_one(Event, event_id)


def _enrolled(slug: str, guest: Guest) -> Any:
    wish = Wish(name=guest.name, mail=guest.email, language=guest.language)
    return enrolling.enrol(slug, wish, letters=False).place


def loaded(key: str = "fd_followup") -> None:
    """The survey of that question set."""
    with unit_of_work():
        setting_up.load(document(key))


def document(key: str = "fd_followup") -> dict[str, Any]:
    """A question set of the house as it stands in its file."""
    found: dict[str, Any] = json.loads((SETS / f"{key}.json").read_text("utf-8"))
    return found


def planned(*guests: Guest, days_ago: int = 181, key: str = "fd_followup") -> Job:
    """A workshop held so many days ago, and a wave with its invitations planned."""
    when = clock.now() - timedelta(days=days_ago)
    held_workshop("foraeldredialog-1", when, *(guests or (AMINA,)))
    loaded(key)
    with unit_of_work():
        day = when.date()
        wave = setting_up.start_wave(
            waves.survey(key), "Foråret", day - timedelta(days=30), day + timedelta(days=30)
        )
        inviting.plan(wave)
    return Job(wave.id, invitations(wave.id))


def sent(*guests: Guest, days_ago: int = 181) -> Job:
    """The same with the invitations sent at their own moment."""
    made = planned(*guests, days_ago=days_ago)
    with at(clock.now() - timedelta(days=days_ago) + DELAY + timedelta(days=1)):
        for one in made.ids.values():
            with unit_of_work():
                # The worker of a server that runs beside the test may have been quicker.
                assert inviting.send(one) or _is_sent(one)
    return made


def _is_sent(invitation_id: int) -> bool:
    invitation = db.session.get_one(Invitation, invitation_id)
    return invitation.disposition is Disposition.SENT


def invitations(wave_id: int) -> dict[str, int]:
    """Invitations of a wave by the person's name."""
    db.session.rollback()
    rows = db.session.execute(
        select(Person.name, Invitation.id)
        .join(Person, Person.id == Invitation.person_id)
        .where(Invitation.wave_id == wave_id)
    )
    return {name: number for name, number in rows}


def invitation(number: int) -> Invitation:
    """An invitation as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Invitation, number)


def disposition(number: int) -> Disposition:
    """How far an invitation came."""
    return Disposition(invitation(number).disposition)


def letters(kind: str) -> list[Letter]:
    """The letters of a survey, oldest first."""
    db.session.rollback()
    rows = db.session.scalars(
        select(Letter).where(Letter.kind == f"surveys/{kind}").order_by(Letter.id)
    )
    return list(rows)


def more_invited(wave_id: int, number: int) -> None:
    """So many more invitations of people who were erased since."""
    with unit_of_work():
        db.session.add_all(
            Invitation(
                id=10_000 + place,
                wave_id=wave_id,
                person_id=None,
                language="da",
                disposition=Disposition.SENT,
                due_at=clock.now(),
            )
            for place in range(number)
        )
