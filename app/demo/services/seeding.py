"""A small world for checks: what a seed file asks for, and the ids and secrets it made."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from app.applications.rules.answers import Needs
from app.applications.rules.states import Role
from app.applications.services import writing
from app.checkin.services import terms
from app.core import clock
from app.core.folding import fold_email
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.rules.seeds import SeedEvent, SeedFile, SeedOrganisation
from app.devices.services import devices
from app.events import queries as event_queries
from app.events import services as events
from app.events.models import Event
from app.events.rules import WITH_PLAN, EventKind, Purpose
from app.organisations import services as organisations
from app.organisations.rules import Contact
from app.people import services as people
from app.vendors.rules.specs import CabinetSpec, PlanSpec, StallSpec
from app.vendors.services import laying
from app.workshops.services import enrolling, many, planning

ROLE_OF = {
    "association": Role.ASSOCIATION_STALL,
    "restaurant": Role.FOOD_STALL,
    "artist_group": Role.ACT,
}
A_DAY = timedelta(days=1)


def seed(world: SeedFile) -> dict[str, Any]:
    """Build the world in one transaction and return what a check needs to drive it.

    Refuses slugs and names that exist, and then leaves nothing behind.
    """
    with at(world.now or clock.now()), unit_of_work():
        made = {one.slug: _event(one) for one in world.events}
        return {
            "events": made,
            "organisations": {one.name: _organisation(one, world) for one in world.organisations},
            "api_tokens": {
                one.name: people.issue_api_token(one.name, list(one.scopes))
                for one in world.api_tokens
            },
        }


def _event(wanted: SeedEvent) -> dict[str, Any]:
    now = clock.now()
    starts, ends = wanted.period(now)
    event = events.create(
        events.Plan(
            slug=wanted.slug,
            kind=EventKind(wanted.kind),
            title={"da": wanted.title or wanted.slug},
            starts_at=starts,
            ends_at=ends,
        )
    )
    _open(event, wanted, now, ends)
    events.publish(event)
    if wanted.stalls or wanted.cabinets:
        laying.lay_out(event.id, _plan(wanted))
    if wanted.multiple_entry:
        terms.set_terms(event.id, entries="many")
    return {
        "id": str(event.id),
        "public_key": event_queries.public_key(event.id).hex(),
        "tickets": _tickets(wanted),
        "devices": {gate: devices.add_device(event.id, gate)[1] for gate in wanted.gates},
    }


def _open(event: Event, wanted: SeedEvent, now: datetime, ends: datetime) -> None:
    opens = min(now - A_DAY, ends)
    if event.has.applications:
        events.open_window(event, Purpose.APPLICATIONS, opens, ends)
    events.open_window(event, Purpose.ENROLMENTS, opens, ends, waiting_list=wanted.waiting_list)
    planning.open_workshop(event, wanted.seats)


def _plan(wanted: SeedEvent) -> PlanSpec:
    return PlanSpec(
        stalls=[
            StallSpec(one.code, power_amp=one.power_amp, cabinet=one.cabinet, phases=one.phases)
            for one in wanted.stalls
        ],
        cabinets=[CabinetSpec(one.code, one.amp, one.phases) for one in wanted.cabinets],
    )


def _tickets(wanted: SeedEvent) -> list[dict[str, str]]:
    wishes = [enrolling.Wish(name=one.name, mail=one.mail) for one in wanted.people]
    if not wishes:
        return []
    return [
        {"id": str(one.ticket_id), "code": one.code, "short": one.short_code, "mail": one.mail}
        for one in many.enrol_many(wanted.slug, wishes)
    ]


def _organisation(wanted: SeedOrganisation, world: SeedFile) -> dict[str, Any]:
    contact = Contact(fold_email(wanted.mail), wanted.name)
    made = organisations.found(wanted.kind, wanted.name, contact)
    needs = Needs(power_amp=wanted.power_amp, phases=wanted.phases)
    festivals = [
        event_queries.event_by_slug(one.slug) for one in world.events if one.kind in WITH_PLAN
    ]
    placed = [
        writing.place(festival.id, made.id, ROLE_OF[wanted.kind], needs) for festival in festivals
    ]
    return {"id": str(made.id), "application_ids": [str(one.id) for one in placed]}
