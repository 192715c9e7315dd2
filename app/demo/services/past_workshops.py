"""The eleven workshops and the course of 2010, from sign-up to the last to come."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from itertools import cycle, islice

from app.checkin.services import terms
from app.core.clock import COPENHAGEN
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.demo.rules import workshop_texts as texts
from app.demo.rules import year2010
from app.demo.rules.names import Invented
from app.demo.rules.year2010 import Fate, Pools, Workshop2010
from app.demo.services import gatherings
from app.demo.services.gatherings import SIGN_UP, DemoHolder
from app.devices.rules.doors import Entries
from app.devices.rules.terms import DoorTerms
from app.events import queries as event_queries
from app.events.models import Event
from app.events.rules import EventKind
from app.events.services.scheduling import Plan

BEGINS = time(9, 0)
LASTS = timedelta(hours=6)


@dataclass
class Past:
    """Who came to which workshop and what each of them will answer."""

    people: Iterator[Invented]
    pools: Pools = field(default_factory=lambda: Pools(2010))
    fates: dict[int, Fate] = field(default_factory=dict)
    first_holder: dict[str, Invented] = field(default_factory=dict)
    goals: Iterator[str] = field(default_factory=lambda: cycle(texts.GOALS))


def hold_workshop(past: Past, workshop: Workshop2010) -> Event:
    """One workshop with those it asks, those who came for the second time, and who stayed away."""
    starts = datetime.combine(workshop.day, BEGINS, COPENHAGEN)
    with at(starts - SIGN_UP):
        event = gatherings.announce(_plan(workshop, starts), workshop.asked + 8)
    asked = gatherings.enrol_all(
        event.slug, list(islice(past.people, workshop.asked)), starts - timedelta(days=40)
    )
    past.first_holder[workshop.code] = asked[0].who
    again = _again(past, workshop, event, starts)
    _stay_away(past, workshop, event, starts)
    gatherings.admit(event.id, [*asked, *again], starts - timedelta(minutes=20))
    for holder, fate in zip(asked, year2010.fates(workshop, past.pools), strict=True):
        past.fates[holder.person_id] = fate
        with at(starts + timedelta(hours=5)):
            gatherings.write_goals(holder, list(islice(past.goals, fate.goals[0])))
    gatherings.note_held(event)
    return event


def hold_course(past: Past) -> Event:
    """The course whose participants become process consultants; thirteen came to every day."""
    days = [datetime.combine(day, BEGINS, COPENHAGEN) for day in year2010.COURSE_DAYS]
    plan = Plan(
        slug="proceskonsulent-2010",
        kind=EventKind.COURSE,
        topic="proceskonsulent",
        title={"da": "Uddannelse som proceskonsulent i forældredialog"},
        summary={"da": "Fire dage for dem, der vil lede dialogen mellem forældre og skole."},
        place=texts.PLACES[0],
        starts_at=days[0],
        ends_at=days[-1] + LASTS,
        sessions=tuple((day, day + LASTS) for day in days),
    )
    missed = year2010.COURSE_INCOMPLETE
    with at(days[0] - SIGN_UP):
        event = gatherings.announce(plan, 20)
    with at(days[0] - timedelta(days=30)), unit_of_work():
        # A course has a door each day: every day counts one entry of its own.
        terms.set_terms(event.id, DoorTerms(entries=Entries.MANY))
    people = list(islice(past.people, year2010.COURSE_COMPLETED + len(missed)))
    holders = gatherings.enrol_all(event.slug, people, days[0] - timedelta(days=20))
    for number, day in enumerate(days):
        late = [
            holder
            for holder, came in zip(holders[year2010.COURSE_COMPLETED :], missed, strict=True)
            if number in came
        ]
        here = holders[: year2010.COURSE_COMPLETED] + late
        gatherings.admit(event.id, here, day - timedelta(minutes=15))
    gatherings.note_held(event_queries.event(event.id))
    return event


def _plan(workshop: Workshop2010, starts: datetime) -> Plan:
    number = int(workshop.code[1:])
    return Plan(
        slug=f"foraeldredialog-2010-{workshop.code.lower()}",
        kind=EventKind.WORKSHOP,
        topic="foraeldredialog",
        title={
            "da": f"Workshop i forældredialog, hold {number}",
            "en": f"Workshop on dialogue with parents, group {number}",
            "ar": f"ورشة عمل في الحوار مع أولياء الأمور، المجموعة {number}",
        },
        summary={"da": "En dag om at tale med forældre, så alle bliver hørt."},
        place=workshop.place,
        starts_at=starts,
        ends_at=starts + LASTS,
    )


def _again(past: Past, workshop: Workshop2010, event: Event, starts: datetime) -> list[DemoHolder]:
    """Those who were at an earlier workshop and come once more."""
    firsts = [first for first, second in year2010.TWICE if second == workshop.code]
    holders = []
    for number, first in enumerate(firsts):
        with at(starts - timedelta(days=5, hours=number)):
            holders.append(gatherings.enrol(event.slug, past.first_holder[first]))
    return holders


def _stay_away(past: Past, workshop: Workshop2010, event: Event, starts: datetime) -> None:
    """Some cancel and some just do not come, dealt over the workshops as evenly as can be."""
    cancelled = _dealt(year2010.CANCELLED, workshop)
    absent = _dealt(year2010.NO_SHOWS, workshop)
    people = list(islice(past.people, cancelled + absent))
    holders = gatherings.enrol_all(event.slug, people, starts - timedelta(days=4))
    for number, holder in enumerate(holders[:cancelled]):
        with at(starts - timedelta(hours=40 - number)):
            gatherings.give_up(holder)


def _dealt(whole: int, workshop: Workshop2010) -> int:
    number, all_ = int(workshop.code[1:]), len(year2010.WORKSHOPS)
    return whole * number // all_ - whole * (number - 1) // all_
