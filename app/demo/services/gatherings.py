"""Workshops and courses as they are held: made, filled, admitted at the door, noted as held."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from app.checkin.services import recording
from app.checkin.services.scanners import Scanner
from app.core import clock
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.rules.names import Invented
from app.events import queries as event_queries
from app.events.models import Event
from app.events.rules import Purpose
from app.events.services import scheduling as events
from app.events.services.scheduling import Plan
from app.workshops.services import changing, enrolling, leaving, planning
from app.workshops.services.drafting import Wish

SIGN_UP = timedelta(days=60)


@dataclass(frozen=True)
class DemoHolder:
    """Someone enrolled, with the enrolment's number and the ticket's code."""

    who: Invented
    person_id: int
    enrolment_id: int
    code: str


def announce(plan: Plan, capacity: int, eligibility: Mapping[str, str] | None = None) -> Event:
    """A published event that takes enrolments from now until it begins."""
    with unit_of_work():
        event = events.create(plan)
        events.open_window(event, Purpose.ENROLMENTS, clock.now(), plan.starts_at, plan.ends_at)
        planning.open_workshop(event, capacity, eligibility)
        events.publish(event)
    return event


def enrol(slug: str, who: Invented) -> DemoHolder:
    """One person signs up; the ticket goes by mail."""
    with unit_of_work():
        done = enrolling.enrol(slug, Wish(who.name, who.email, language=who.language))
        place = done.place
        return DemoHolder(who, place.person.id, place.enrolment.id, place.ticket.code)


def enrol_all(slug: str, people: Sequence[Invented], first: datetime) -> list[DemoHolder]:
    """They sign up one after the other, some hours apart."""
    holders = []
    for number, who in enumerate(people):
        with at(first + timedelta(hours=5 * number)):
            holders.append(enrol(slug, who))
    return holders


def admit(event_id: int, holders: Sequence[DemoHolder], first: datetime) -> None:
    """They come to the door one by one and are scanned in."""
    scanner = Scanner(f"demo:{event_id}", event_id)
    for number, holder in enumerate(holders):
        with at(first + timedelta(seconds=25 * number)), unit_of_work():
            recording.record(scanner, [_scan(event_id, holder, number)], clock.now())


def write_goals(holder: DemoHolder, goals: Sequence[str]) -> None:
    """The participant writes one to three goals on the ticket's page."""
    with unit_of_work():
        changing.set_goals(holder.enrolment_id, goals, show_again=True)


def give_up(holder: DemoHolder) -> None:
    """The participant cancels."""
    with unit_of_work():
        leaving.cancel(holder.enrolment_id)


def note_held(event: Event) -> None:
    """The team notes that it took place."""
    with at(event.ends_at + timedelta(hours=1)), unit_of_work():
        events.mark_held(event_queries.event(event.id))


def _scan(event_id: int, holder: DemoHolder, number: int) -> dict[str, object]:
    moment = clock.now()
    ident = hashlib.sha256(f"{event_id}|{holder.enrolment_id}|{moment}".encode()).hexdigest()[:32]
    return {
        "id": ident,
        "code": holder.code,
        "kind": "entry",
        "gate": "A",
        "at": moment.isoformat(timespec="milliseconds").replace("+00:00", "Z"),
        "seq": number,
        "offline": False,
    }
