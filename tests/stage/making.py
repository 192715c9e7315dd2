"""A festival with stages and acts that have a place at it."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from sqlalchemy import select

from app.applications.models import Application
from app.applications.rules.states import Role
from app.applications.services import writing
from app.core import clock
from app.core.clock import COPENHAGEN
from app.core.database import db
from app.core.outbox import Letter
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.events.rules import EventKind, Purpose
from app.events.services import scheduling
from app.organisations import services as organisations
from app.organisations.rules import Actor, Contact
from app.stage.models import Slot, Stage
from app.stage.queries import slots
from app.stage.services import giving, line_ups, stages
from app.stage.services.giving import SlotFacts
from app.stage.services.stages import StageFacts


def festival(slug: str = "international-dag") -> Event:
    """A published festival in eight weeks, from eleven to seven, whose window is open."""
    now = clock.now()
    day = clock.local_time(now + timedelta(weeks=8)).date()
    starts = datetime.combine(day, time(11), COPENHAGEN)
    title = {"da": "International Dag", "en": "International Day", "ar": "اليوم العالمي"}
    with unit_of_work():
        plan = scheduling.Plan(slug, EventKind.FESTIVAL, title, starts, starts + timedelta(hours=8))
        event = scheduling.create(plan)
        opens, deadline = now - timedelta(days=1), now + timedelta(weeks=4)
        scheduling.open_window(event, Purpose.APPLICATIONS, opens, deadline)
        scheduling.publish(event)
    return event


def stage(event: Event, name: str = "Store scene", change_over: int = 10) -> Stage:
    """A stage that is open as long as the event lasts."""
    facts = StageFacts(
        {"da": name, "en": f"{name} (en)"},
        event.starts_at,
        event.ends_at,
        change_over,
        place="Ved Stefansgade",
        call="Anna, 20 99 00 11",
    )
    with unit_of_work():
        return stages.make(event.id, facts)


def act(event: Event, title: str, email: str | None = None, shown: bool = True) -> Application:
    """An act with a place, of a group that lets its name and languages be shown."""
    contact = Contact(email, f"Kontakt hos {title}") if email else None
    details = {"title": title, "genre": "music", "about": "Sange fra Anatolien.", "minutes": 30}
    with unit_of_work():
        facts = {"languages": ["tr"]}
        group = organisations.register("artist_group", f"Gruppen {title}", contact, facts)
        if shown:
            actor = Actor(None, staff_id=1)
            fields = [("name", "catalogue"), ("languages", "catalogue")]
            organisations.save_consents(actor, group.id, fields)
        return writing.grant_place(event.id, group.id, Role.ACT, None, details)


def at(where: Stage, minutes: int, length: int = 30, **more: object) -> SlotFacts:
    """So many minutes after the stage opens."""
    return SlotFacts(where.id, moment(where, minutes), length, **more)  # type: ignore[arg-type]


def moment(where: Stage, minutes: int) -> datetime:
    """The moment so long after the stage opens."""
    return where.opens_at + timedelta(minutes=minutes)


def given(who: Application, where: Stage, minutes: int, length: int = 30, **more: object) -> Slot:
    """The act's time."""
    with unit_of_work():
        return giving.give(who.event_id, who.id, at(where, minutes, length, **more))


def announced(event: Event) -> int:
    """The programme made public; how many letters it wrote."""
    with unit_of_work():
        return line_ups.announce(event.id)


def times(event: Event) -> list[Slot]:
    """All that stands in the programme, as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return list(slots.of_event(event.id))


def again(slot: Slot) -> Slot:
    """The slot as the database has it now."""
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Slot, slot.id)


def letters(kind: str = "") -> list[Letter]:
    """The letters about slots, oldest first."""
    db.session.rollback()
    rows = db.session.scalars(select(Letter).order_by(Letter.id)).all()
    return [one for one in rows if one.kind.startswith(f"stage/{kind}")]
