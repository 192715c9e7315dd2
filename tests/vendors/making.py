"""A festival with a site plan and organisations that may stand on it."""

from __future__ import annotations

from datetime import timedelta

from flask import Flask

from app.applications.models import Application
from app.applications.rules.answers import Needs
from app.applications.rules.states import Role
from app.applications.services import writing
from app.core import clock
from app.core.unit_of_work import unit_of_work
from app.events.models import Event
from app.events.rules import EventKind
from app.events.services import scheduling as events
from app.organisations import services as organisations
from app.organisations.rules import Contact
from app.vendors.models import Stall
from app.vendors.queries import holdings
from app.vendors.rules.specs import CabinetSpec, PlanSpec, StallSpec, TapSpec, ZoneSpec
from app.vendors.services import laying, reserving

ROLES = {"restaurant": Role.FOOD_STALL, "association": Role.ASSOCIATION_STALL}


def festival(slug: str = "international-dag") -> Event:
    """A published festival eight weeks from now, without a plan."""
    starts = clock.now() + timedelta(weeks=8)
    with unit_of_work():
        made = events.create(
            events.Plan(
                slug=slug,
                kind=EventKind.FESTIVAL,
                title={"da": "International Dag", "en": "International Day"},
                starts_at=starts,
                ends_at=starts + timedelta(hours=8),
                place="Nørrebrogade",
            )
        )
        events.publish(made)
        events.open_window(
            made,
            "applications",
            clock.now() - timedelta(days=1),
            starts - timedelta(days=7),
            starts - timedelta(days=2),
        )
    return made


def stalls(event: Event, count: int = 4, **given: object) -> list[Stall]:
    """Stalls 1, 2, 3 … of 16 A at cabinet B (63 A, one phase) and tap V1 (two hoses)."""
    values: dict[str, object] = {"cabinet": "B", "tap": "V1", "zone": "mad", **given}
    rows = [StallSpec(str(number), **values) for number in range(1, count + 1)]  # type: ignore[arg-type]
    return plan(event, rows)


def plan(event: Event, rows: list[StallSpec]) -> list[Stall]:
    """Any stalls at cabinets B (one phase) and C (three), tap V1, zone `mad`."""
    spec = PlanSpec(
        rows,
        [CabinetSpec("B", 63), CabinetSpec("C", 32, phases=3)],
        [TapSpec("V1", hoses=2)],
        [ZoneSpec("mad", {"da": "Madgaden", "en": "Food Street"})],
        street_name={"da": "Nørrebrogade"},
    )
    with unit_of_work():
        laying.lay_out(event.id, spec)
    return [holdings.stall_by_code(event.id, row.code) for row in rows]


def accepted(
    event: Event,
    name: str,
    needs: Needs | None = None,
    kind: str = "restaurant",
    email: str | None = None,
) -> Application:
    """An accepted application of a new organisation."""
    with unit_of_work():
        contact = Contact(email, f"Kontakt hos {name}") if email else None
        organisation = organisations.register(kind, name, contact)
        return writing.grant_place(event.id, organisation.id, ROLES[kind], needs)


def crowd_at(event: Event, count: int) -> list[int]:
    """So many accepted restaurants; the numbers of their applications."""
    with unit_of_work():
        return [
            writing.grant_place(
                event.id,
                organisations.register("restaurant", f"Nr. {number}").id,
                Role.FOOD_STALL,
            ).id
            for number in range(count)
        ]


def held(stall: Stall, application: Application) -> int:
    """The stall given to the application; the holding's number."""
    with unit_of_work():
        return reserving.reserve_stall(application.event_id, stall.id, application.id).id


def said(app: Flask, refusal: Exception) -> str:
    """The sentence as an English reader sees it."""
    with app.test_request_context(headers={"Accept-Language": "en"}):
        return str(refusal)
