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
from app.devices.rules.doors import Entries
from app.devices.rules.terms import DoorTerms
from app.devices.services import devices
from app.events import queries as event_queries
from app.events.models import Event
from app.events.rules import WITH_PLAN, EventKind, Purpose
from app.events.services import scheduling as events
from app.organisations import services as organisations
from app.organisations.rules import Contact
from app.people import services as people
from app.vendors.rules.specs import CabinetSpec, PlanSpec, StallSpec
from app.vendors.services import laying
from app.workshops.services import many, planning
from app.workshops.services.drafting import Wish

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
        made = {event.slug: _event(event) for event in world.events}
        return {
            "events": made,
            "organisations": {
                organisation.name: _organisation(organisation, world)
                for organisation in world.organisations
            },
            "api_tokens": {
                token.name: people.issue_api_token(token.name, list(token.scopes))
                for token in world.api_tokens
            },
        }


def _event(seed_event: SeedEvent) -> dict[str, Any]:
    now = clock.now()
    starts, ends = seed_event.period(now)
    event = events.create(
        events.Plan(
            slug=seed_event.slug,
            kind=EventKind(seed_event.kind),
            title={"da": seed_event.title or seed_event.slug},
            starts_at=starts,
            ends_at=ends,
        )
    )
    _open(event, seed_event, now, ends)
    events.publish(event)
    if seed_event.stalls or seed_event.cabinets:
        laying.lay_out(event.id, _plan(seed_event))
    if seed_event.multiple_entry:
        terms.set_terms(event.id, DoorTerms(entries=Entries.MANY))
    return {
        "id": str(event.id),
        "public_key": event_queries.public_key(event.id).hex(),
        "tickets": _tickets(seed_event),
        "devices": {gate: devices.add_device(event.id, gate)[1] for gate in seed_event.gates},
    }


def _open(event: Event, seed_event: SeedEvent, now: datetime, ends: datetime) -> None:
    opens = min(now - A_DAY, ends)
    if event.has.applications:
        events.open_window(event, Purpose.APPLICATIONS, opens, ends)
    events.open_window(event, Purpose.ENROLMENTS, opens, ends, waiting_list=seed_event.waiting_list)
    planning.open_workshop(event, seed_event.seats)


def _plan(seed_event: SeedEvent) -> PlanSpec:
    return PlanSpec(
        stalls=[
            StallSpec(
                stall.code, power_amp=stall.power_amp, cabinet=stall.cabinet, phases=stall.phases
            )
            for stall in seed_event.stalls
        ],
        cabinets=[
            CabinetSpec(cabinet.code, cabinet.amp, cabinet.phases)
            for cabinet in seed_event.cabinets
        ],
    )


def _tickets(seed_event: SeedEvent) -> list[dict[str, str]]:
    wishes = [Wish(name=person.name, mail=person.mail) for person in seed_event.people]
    if not wishes:
        return []
    return [
        {
            "id": str(place.ticket_id),
            "code": place.code,
            "short": place.short_code,
            "mail": place.mail,
        }
        for place in many.enrol_many(seed_event.slug, wishes)
    ]


def _organisation(seed_organisation: SeedOrganisation, world: SeedFile) -> dict[str, Any]:
    contact = Contact(fold_email(seed_organisation.mail), seed_organisation.name)
    made = organisations.register(seed_organisation.kind, seed_organisation.name, contact)
    needs = Needs(power_amp=seed_organisation.power_amp, phases=seed_organisation.phases)
    festivals = [
        event_queries.event_by_slug(event.slug) for event in world.events if event.kind in WITH_PLAN
    ]
    placed = [
        writing.grant_place(festival.id, made.id, ROLE_OF[seed_organisation.kind], needs)
        for festival in festivals
    ]
    return {"id": str(made.id), "application_ids": [str(application.id) for application in placed]}
