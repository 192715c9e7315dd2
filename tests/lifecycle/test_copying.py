"""A copy has all of an event but people and what happened, on another day."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.unit_of_work import unit_of_work
from app.devices.models import DoorRule
from app.devices.rules.doors import Entries
from app.events import queries as events
from app.events.models import Event
from app.events.rules import EventKind, EventState, Purpose
from app.events.services import scheduling
from app.events.services.scheduling import Plan
from app.lifecycle import queries, rules
from app.lifecycle.services import copying
from app.vendors.models import Holding, Stall, StallShare
from app.workshops.models import Workshop
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page
from tests.vendors import making as vendors
from tests.workshops import making

# A Thursday before summer time begins, and one after.
WINTER = datetime(2027, 3, 18, 9, 0, tzinfo=clock.COPENHAGEN)
SUMMER = datetime(2027, 4, 15, 9, 0, tzinfo=clock.COPENHAGEN)
DAY = timedelta(days=1)


def course() -> Event:
    """A course of two days with everything that a workshop can have, and people on it."""
    event_id = making.workshop(capacity=7)
    with unit_of_work():
        event = events.event(event_id)
        making.ask(event_id, {"da": "Hvad vil du lære?"})
        (sitting,) = events.sessions(event_id)
        gate = DoorRule(
            event_id=event_id,
            gate="A",
            opens_at=event.starts_at - timedelta(hours=1),
            session_id=sitting.id,
            entries=Entries.DAILY,
        )
        db.session.add(gate)
    making.enrolled(1)
    return event


def copied(event_id: int, starts: datetime, slug: str = "kopi") -> Event:
    with unit_of_work():
        return copying.copy(event_id, slug, starts)


def rows(name: str, event_id: int) -> int:
    table = queries.table(name)
    number = select(func.count()).select_from(table).where(queries.of_event(name, event_id))
    return db.session.scalar(number) or 0


def test_a_workshop_is_copied_with_its_places_questions_windows_and_doors(app: Flask) -> None:
    event = course()
    starts = event.starts_at + 14 * DAY
    made = copied(event.id, starts)
    assert (made.state, made.title, made.place) == (EventState.DRAFT, event.title, event.place)
    old, new = (db.session.get_one(Workshop, one.id) for one in (event, made))
    assert (new.capacity, new.taken, new.list_version) == (7, 0, 0)
    assert new.eligibility == old.eligibility
    assert new.questions_id not in {None, old.questions_id}
    assert rows("enrolments", made.id) == 0
    (sitting,) = events.sessions(made.id)
    rule = db.session.scalars(select(DoorRule).where(DoorRule.event_id == made.id)).one()
    assert (rule.gate, rule.entries, rule.session_id) == ("A", Entries.DAILY, sitting.id)
    assert rule.opens_at == clock.shifted(event.starts_at, event.starts_at, starts) - DAY / 24
    was, now = (events.windows(one.id)[Purpose.ENROLMENTS] for one in (event, made))
    assert now.deadline_at == clock.shifted(was.deadline_at, event.starts_at, starts)
    assert [entry.verb for entry in audit.of("event", made.id)] == ["created", "copied"]


def test_nine_o_clock_stays_nine_o_clock_over_summer_time(app: Flask) -> None:
    days = tuple((WINTER + n * DAY, WINTER + n * DAY + timedelta(hours=6)) for n in range(2))
    plan = Plan("k", EventKind.COURSE, {"da": "K"}, days[0][0], days[1][1], sessions=days)
    with unit_of_work():
        event = scheduling.create(plan)
        opens = datetime(2027, 2, 1, 8, 0, tzinfo=clock.COPENHAGEN)
        scheduling.open_window(event, Purpose.ENROLMENTS, opens, WINTER - DAY, WINTER)
    made = copied(event.id, SUMMER)
    told = [clock.local_time(one.starts_at) for one in events.sessions(made.id)]
    assert [(one.day, one.hour) for one in told] == [(15, 9), (16, 9)]
    assert clock.local_time(made.ends_at).hour == 15
    window = events.windows(made.id)[Purpose.ENROLMENTS]
    assert clock.local_time(window.opens_at) == datetime(2027, 3, 1, 8, tzinfo=clock.COPENHAGEN)
    assert window.shutdown_at == SUMMER.astimezone(UTC)


def test_a_festival_is_copied_with_its_plan_and_without_who_stood_there(app: Flask) -> None:
    event = vendors.festival()
    event_id = event.id
    stall, *_others = vendors.stalls(event, 3)
    vendors.held(stall, vendors.accepted(event, "Kebab"))
    made = copied(event_id, events.event(event_id).starts_at + 364 * DAY)
    for name in rules.COPIED:
        if name != "stall_shares":
            assert rows(name, made.id) == rows(name, event_id), name
    stalls = db.session.scalars(select(Stall).where(Stall.event_id == made.id)).all()
    old = {one.id for one in db.session.scalars(select(Stall).where(Stall.event_id == event_id))}
    assert stalls
    assert not old & {stall.id for stall in stalls}
    shares = select(StallShare).where(StallShare.stall_id.in_([stall.id for stall in stalls]))
    assert {share.retired for share in db.session.scalars(shares)} == {False}
    numbers = [share.id for share in db.session.scalars(shares)]
    assert db.session.scalar(select(func.count()).where(Holding.share_id.in_(numbers))) == 0
    assert rows("applications", made.id) == 0


def test_the_desk_copies_and_goes_on_to_the_words(client: InspectingClient) -> None:
    event = course()
    sign_in_staff(client, StaffRole.ORGANISER)
    page = f"/desk/events/{making.SLUG}"
    assert f"{page}/copy" in client.page(page).links()
    form = client.page(f"{page}/copy").form()
    assert form["slug"] == f"{making.SLUG}-2"
    taken = {**form, "slug": making.SLUG, "starts": "2027-05-04T09:00"}
    refused = Page(client.send(f"{page}/copy", taken, status=409).text)
    assert set(refused.errors()) == {"slug"}
    shown = client.send(f"{page}/copy", {**form, "starts": "2027-05-04T09:00"}).location
    assert shown == f"{page}-2/edit"
    assert client.page(shown).form()["title_da"] == event.title["da"]
    assert client.page(f"/events/{making.SLUG}-2", status=404)


@pytest.mark.parametrize("slug", ["new", "topics", "Kopi!"])
def test_an_address_that_cannot_be_is_named_at_its_field(
    client: InspectingClient, slug: str
) -> None:
    making.workshop()
    sign_in_staff(client, StaffRole.ORGANISER)
    form = {"slug": slug, "starts": "2027-05-04T09:00"}
    answer = client.send(f"/desk/events/{making.SLUG}/copy", form, status=422)
    assert set(Page(answer.text).errors()) == {"slug"}
