"""Events as the public meets them, and organisations with a confirmed place."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import update

from app.applications.models import Application
from app.applications.rules.states import Role, State
from app.applications.services import writing
from app.core import clock
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.events.rules import EventKind, Purpose
from app.events.services import scheduling as events
from app.organisations import services as organisations
from app.organisations.rules import Actor
from app.workshops.services import enrolling, planning
from app.workshops.services.drafting import Wish

TEAM = Actor(None, 1)
PROFILE = {
    "district": "noerrebro",
    "activity": {"da": "Vi laver mad sammen hver søndag.", "ar": "نطبخ معًا كل أحد."},
    "languages": ["so", "da"],
    "target_groups": ["women"],
    "members": 84,
    "website": "https://kvinder.example",
    "public_mail": "hej@kvinder.example",
    "public_phone": "+4533333333",
}


def event(
    slug: str = "foraeldredialog",
    kind: EventKind = EventKind.WORKSHOP,
    *,
    days: int = 14,
    window: bool = True,
    capacity: int | None = None,
    published: bool = True,
    sessions: int = 0,
) -> int:
    """An event some days from now; its number."""
    start = clock.now() + timedelta(days=days)
    days_of_course = [start + timedelta(days=7 * number) for number in range(sessions)]
    with unit_of_work():
        made = events.create(
            events.Plan(
                slug=slug,
                kind=kind,
                title={"da": f"Dansk {slug}", "ar": "الحوار"},
                summary={"da": "En god dag."},
                description={"da": "Kom og vær med.\n\n* mad\n\n<script>alert(1)</script>"},
                place="Støberiet",
                address="Blågårds Plads 5",
                starts_at=start,
                ends_at=start + timedelta(days=7 * max(sessions - 1, 0), hours=3),
                sessions=tuple((day, day + timedelta(hours=3)) for day in days_of_course),
            )
        )
        if window:
            festive = kind in {EventKind.FESTIVAL, EventKind.CELEBRATION}
            purpose = Purpose.APPLICATIONS if festive else Purpose.ENROLMENTS
            opens = min(start, clock.now()) - timedelta(days=2)
            events.open_window(made, purpose, opens, start)
        if capacity is not None:
            planning.open_workshop(made, capacity)
        if published:
            events.publish(made)
        return made.id


def confirmed(event_id: int, name: str, role: Role, *shown: str) -> int:
    """An organisation with a confirmed place that lets these fields be shown; its number."""
    kind = {Role.FOOD_STALL: "restaurant", Role.ACT: "artist_group"}.get(role, "association")
    with unit_of_work():
        made = organisations.register(kind, name, profile=PROFILE)
        organisations.save_consents(TEAM, made.id, {(field, "catalogue") for field in shown})
        placed = writing.grant_place(event_id, made.id, role)
        db.session.execute(
            update(Application)
            .where(Application.id == placed.id)
            .values(state=State.CONFIRMED, confirmed_at=clock.now())
        )
        return made.id


def enrolled(slug: str, number: int) -> None:
    """Somebody takes a seat."""
    with unit_of_work():
        enrolling.enrol(slug, Wish(name=f"Gæst {number}", mail=f"g{number}@post.example"))


def held(event_id: int) -> None:
    """The event took place."""
    with unit_of_work():
        found = db.session.get(Event, event_id)
        assert found is not None
        events.mark_held(found)


def cancelled(event_id: int) -> None:
    """The event is called off."""
    with unit_of_work():
        found = db.session.get(Event, event_id)
        assert found is not None
        events.cancel(found)
