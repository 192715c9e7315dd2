"""Festivals, organisations and applications for tests, through the ordinary services."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import select

from app.applications.models import Application
from app.applications.rules import answers
from app.applications.rules.states import Role
from app.applications.services import deciding, writing
from app.core import clock
from app.core.database import db
from app.core.outbox import Letter
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.events.rules import EventKind, Purpose
from app.events.services import scheduling as events
from app.organisations import services as organisations
from app.organisations.models import Organisation
from app.organisations.rules import Actor, Contact

OPENS = datetime(2026, 3, 1, 8, tzinfo=UTC)
NOW = datetime(2026, 4, 1, 12, tzinfo=UTC)
DEADLINE = datetime(2026, 5, 1, 21, 59, tzinfo=UTC)
SHUTDOWN = datetime(2026, 6, 1, 21, 59, tzinfo=UTC)
STARTS = datetime(2026, 8, 22, 10, tzinfo=UTC)
PROFILE = {"activity": {"da": "Vi mødes hver uge."}, "district": "noerrebro"}
MAIL = "amal@forening.example"


def festival(slug: str = "international-dag", waiting_list: bool = True) -> Event:
    """A published festival whose window is open at NOW."""
    with at(OPENS), unit_of_work():
        plan = events.Plan(
            slug=slug,
            kind=EventKind.FESTIVAL,
            title={"da": "International Dag", "en": "International Day"},
            starts_at=STARTS,
            ends_at=STARTS + timedelta(hours=8),
        )
        event = events.create(plan)
        events.open_window(
            event, Purpose.APPLICATIONS, OPENS, DEADLINE, SHUTDOWN, waiting_list=waiting_list
        )
        events.publish(event)
    return event


def festival_now() -> Event:
    """A published festival in eight weeks whose window is open by the real clock."""
    now = clock.now()
    with unit_of_work():
        title = {"da": "International Dag", "en": "International Day", "ar": "اليوم العالمي"}
        starts = now + timedelta(weeks=8)
        plan = events.Plan(
            slug="international-dag",
            kind=EventKind.FESTIVAL,
            title=title,
            starts_at=starts,
            ends_at=starts + timedelta(hours=8),
        )
        event = events.create(plan)
        opens, deadline = now - timedelta(days=1), now + timedelta(weeks=4)
        events.open_window(event, Purpose.APPLICATIONS, opens, deadline)
        events.publish(event)
    return event


def organisation(
    name: str = "Kvinder på Nørrebro", email: str = MAIL, kind: str = "association", **facts: Any
) -> Organisation:
    """An organisation with a filled-in profile and one representative."""
    with unit_of_work():
        contact = Contact(email, f"Kontakt for {name}")
        return organisations.register(kind, name, contact, {**PROFILE, **facts})


def drafted(
    event: Event, made: Organisation, email: str = MAIL, role: Role = Role.ASSOCIATION_STALL
) -> Application:
    """A draft with nothing in it."""
    with at(NOW), unit_of_work():
        return writing.begin(Actor(email), event.id, made.id, role)


def begun_now(event_id: int, organisation_id: int, email: str = MAIL) -> int:
    """A draft with nothing in it by the real clock; its number."""
    with unit_of_work():
        role = Role.ASSOCIATION_STALL
        return writing.begin(Actor(email), event_id, organisation_id, role).id


def send_in(
    kept: Application, email: str = MAIL, moment: datetime = NOW, **details: Any
) -> Application:
    """Submit with these answers at that moment."""
    with at(moment), unit_of_work():
        needs = answers.needs_from(details)
        return writing.submit(Actor(email), kept.id, details, needs)


def submitted(
    event: Event,
    made: Organisation,
    email: str = MAIL,
    role: Role = Role.ASSOCIATION_STALL,
    **details: Any,
) -> Application:
    """An application in the open window."""
    return send_in(drafted(event, made, email, role), email, **{"sign": "Skilt", **details})


def released(kept: Application, decision: str = "accepted", moment: datetime = NOW) -> Application:
    """The same application with that decision made known."""
    with at(moment), unit_of_work():
        deciding.prepare(1, [kept.id], decision)
        deciding.release([kept.id])
    return again(kept)


def edited(kept: Application, email: str = MAIL, **details: Any) -> Application:
    """The applicant changes answers and sends them in."""
    with at(NOW), unit_of_work():
        writing.save_draft(Actor(email), kept.id, {"sign": ["x"]})
    return send_in(kept, email, **details)


def again(kept: Application) -> Application:
    """The application as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Application, kept.id)


def letters(kind: str = "") -> list[Letter]:
    """The letters of applications, oldest first."""
    db.session.rollback()
    rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    return [one for one in rows if one.kind.startswith(f"applications/{kind}")]
