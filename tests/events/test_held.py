"""“It was held”: from the start with a question, from the end without, and the way back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from flask import Flask

from app.core import audit, clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events import queries, rules
from app.events.refusals import EventStepNotPossible, HeldTooEarly, StillRunning
from app.events.rules import EventKind, EventState, HeldOffer
from app.events.services import scheduling
from app.events.services.scheduling import Plan
from app.reports import services as reports
from app.reports.services import CountedInReport
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page

STARTS = datetime(2027, 3, 28, 9, tzinfo=UTC)
ENDS = STARTS + timedelta(hours=3)
SECOND = timedelta(seconds=1)
SHOWN = "/desk/events/dialog"


def published(kind: EventKind = EventKind.WORKSHOP) -> int:
    with unit_of_work():
        event = scheduling.create(Plan("dialog", kind, {"da": "Dialog"}, STARTS, ENDS))
        scheduling.publish(event)
        return event.id


def held(event_id: int, *, sure: bool = True) -> None:
    with unit_of_work():
        scheduling.mark_held(queries.event(event_id), sure=sure)


def state(event_id: int) -> EventState:
    db.session.rollback()
    db.session.expire_all()
    return queries.event(event_id).state


@pytest.mark.parametrize(
    ("now", "offer"),
    [
        (STARTS - SECOND, HeldOffer.TOO_EARLY),
        (STARTS, HeldOffer.ASK),
        (ENDS - SECOND, HeldOffer.ASK),
        (ENDS, HeldOffer.OPEN),
        (ENDS + timedelta(days=400), HeldOffer.OPEN),
    ],
)
def test_it_is_offered_from_the_start_with_a_question_and_from_the_end_without(now, offer):
    assert rules.held_offer(STARTS, ENDS, now) is offer


@pytest.mark.parametrize("kind", EventKind)
def test_an_event_of_any_kind_is_refused_before_it_begins(app: Flask, kind: EventKind) -> None:
    event_id = published(kind)
    with at(STARTS - SECOND), pytest.raises(HeldTooEarly):
        held(event_id)
    with at(STARTS), pytest.raises(StillRunning):
        held(event_id, sure=False)
    assert state(event_id) is EventState.PUBLISHED
    with at(ENDS):
        held(event_id, sure=False)
    assert state(event_id) is EventState.HELD


@pytest.mark.parametrize("moved", [False, True])
def test_what_is_taken_back_is_as_it_was_before(app: Flask, moved: bool) -> None:
    event_id = published()
    if moved:
        with unit_of_work():
            scheduling.move(queries.event(event_id), STARTS, ENDS, "Salen", "")
    before = state(event_id)
    with at(ENDS):
        held(event_id)
        with unit_of_work():
            reports.take_back_held(event_id)
        assert state(event_id) is before
        assert queries.held_in(2027) == []
        held(event_id)
        assert len(queries.held_in(2027)) == 1
    verbs = [entry.verb for entry in audit.of("event", event_id)]
    assert verbs[-3:] == ["held", "held_taken_back", "held"]


def test_nothing_is_taken_back_that_was_not_held(app: Flask) -> None:
    event_id = published()
    with pytest.raises(EventStepNotPossible), unit_of_work():
        reports.take_back_held(event_id)


def test_what_a_locked_report_counts_is_not_taken_back(app: Flask) -> None:
    event_id = published()
    with at(ENDS):
        held(event_id)
        with unit_of_work():
            reports.lock(2026)
        with unit_of_work():
            reports.take_back_held(event_id)
        held(event_id)
        with unit_of_work():
            reports.lock(2027)
        with pytest.raises(CountedInReport), unit_of_work():
            reports.take_back_held(event_id)
    assert state(event_id) is EventState.HELD


def test_the_desk_offers_it_asks_and_takes_it_back(client: InspectingClient) -> None:
    event_id = published()
    sign_in_staff(client, StaffRole.ORGANISER)
    assert "Blev afholdt" not in client.page(SHOWN).text
    assert "ikke begyndt" in client.page(f"{SHOWN}/hold").text
    assert "Arrangementet begynder" in client.send(f"{SHOWN}/hold", {}, status=409).text
    now = clock.now()
    with unit_of_work():
        event = queries.event(event_id)
        event.starts_at, event.ends_at = now - timedelta(hours=1), now + timedelta(hours=1)
    assert f"{SHOWN}/hold" in client.page(SHOWN).links()
    asked = Page(client.send(f"{SHOWN}/hold", {}, status=409).text)
    assert set(asked.errors()) == {"sure"}
    client.send(f"{SHOWN}/hold", {"sure": "y"})
    assert state(event_id) is EventState.HELD
    back = "/desk/reports/held/dialog"
    page = client.page(SHOWN)
    assert "Bo Hansen" in page.text
    assert back in page.links()
    client.send(back, client.page(back).form())
    assert state(event_id) is EventState.PUBLISHED
    assert "Blev alligevel ikke afholdt" in client.page(SHOWN).text
    assert "ikke noteret som afholdt" in client.page(back).text


def test_the_page_names_the_locked_report(client: InspectingClient) -> None:
    event_id = published()
    with at(ENDS):
        held(event_id)
        with unit_of_work():
            reports.lock(2027)
    sign_in_staff(client, StaffRole.ORGANISER)
    back = "/desk/reports/held/dialog"
    page = client.page(back)
    assert "Rapporten for 2027 er låst" in page.text
    assert "/desk/reports/2027" in page.links()
    assert "Rapporten for 2027 er låst" in client.send(back, {}, status=409).text
