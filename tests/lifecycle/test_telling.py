"""Moving and calling off an event of any kind, and taking that back before a letter has left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from app.core import clock
from app.core.access import StaffRole
from app.core.database import db
from app.core.outbox import Letter, LetterState
from app.core.timetravel import at
from app.core.unit_of_work import unit_of_work
from app.events import queries as events
from app.events.models import Event
from app.events.rules import EventKind, EventState, Purpose
from app.events.services import scheduling
from app.lifecycle.refusals import TooLateToTakeBack
from app.lifecycle.services import telling
from tests.factories import sign_in_staff
from tests.pages import InspectingClient
from tests.vendors import making as vendors
from tests.workshops import making

WEEK = timedelta(days=7)
LATER = timedelta(minutes=2, seconds=1)


def stored(event_id: int) -> Event:
    db.session.rollback()
    db.session.expire_all()
    return events.event(event_id)


def letters(kind: str) -> list[Letter]:
    db.session.expire_all()
    return list(db.session.scalars(select(Letter).where(Letter.kind == kind)))


def festival() -> Event:
    event = vendors.festival()
    vendors.accepted(event, "Kebab", email="kebab@mad.example")
    return event


def move(event: Event) -> int:
    with unit_of_work():
        return telling.move(event.id, event.starts_at + WEEK, event.ends_at + WEEK, "Parken", "")


def test_those_who_applied_are_told_from_when_to_when(app: Flask) -> None:
    event = festival()
    assert move(event) == 1
    (letter,) = letters("lifecycle/moved")
    assert letter.email == "kebab@mad.example"
    before, after = letter.text.split("Til: ")
    assert "Nørrebrogade" in before
    assert "Parken" in after
    assert letter.due_at > clock.now() + timedelta(minutes=1)


def test_a_called_off_event_says_why_in_letters_and_on_its_page(
    app: Flask, client: InspectingClient
) -> None:
    event = festival()
    event_id = making.workshop()
    making.enrolled(1)
    with unit_of_work():
        assert telling.call_off(event.id, "Storm på vej *nu*.") == 1
        assert telling.call_off(event_id, "For få meldte sig.") == 1
    assert "Storm på vej *nu*." in letters("lifecycle/called_off")[0].text
    assert "For få meldte sig." in letters("workshops/called_off")[0].text
    assert "Storm på vej *nu*." in client.page(f"/events/{event.slug}").text


@pytest.mark.parametrize("verb", ["move", "call_off"])
def test_all_is_as_before_when_it_is_taken_back_in_time(app: Flask, verb: str) -> None:
    event_id = making.workshop()
    making.enrolled(1)
    event = events.event(event_id)
    was = (event.starts_at, event.ends_at, event.place, event.state)
    (sitting,) = events.sessions(event_id)
    moments = (sitting.starts_at, events.windows(event_id)[Purpose.ENROLMENTS].deadline_at)
    with unit_of_work():
        if verb == "move":
            starts = clock.now() + timedelta(hours=1)
            telling.move(event_id, starts, starts + timedelta(hours=1), "Parken", "")
        else:
            telling.call_off(event_id, "Storm")
    with unit_of_work():
        telling.take_back(event_id)
    event = stored(event_id)
    assert (event.starts_at, event.ends_at, event.place, event.state) == was
    assert (event.called_off_because, event.sequence) == ("", 2)
    (sitting,) = events.sessions(event_id)
    windows = events.windows(event_id)
    assert (sitting.starts_at, windows[Purpose.ENROLMENTS].deadline_at) == moments
    kind = "moved" if verb == "move" else "called_off"
    assert [one.state for one in letters(f"workshops/{kind}")] == [LetterState.CALLED_BACK]


def test_what_has_been_told_is_not_taken_back(app: Flask) -> None:
    event = festival()
    move(event)
    with at(clock.now() + LATER), pytest.raises(TooLateToTakeBack), unit_of_work():
        telling.take_back(event.id)
    letters("lifecycle/moved")[0].state = LetterState.SENT
    db.session.commit()
    with pytest.raises(TooLateToTakeBack), unit_of_work():
        telling.take_back(event.id)
    assert stored(event.id).state is EventState.MOVED


def test_held_after_a_move_that_was_taken_back_returns_to_published(app: Flask) -> None:
    event = festival()
    move(event)
    with unit_of_work():
        telling.take_back(event.id)
    with at(event.ends_at), unit_of_work():
        scheduling.mark_held(events.event(event.id))
        scheduling.take_back_held(events.event(event.id))
    assert stored(event.id).state is EventState.PUBLISHED


@pytest.mark.parametrize("kind", EventKind)
def test_every_kind_is_made_corrected_copied_moved_and_called_off(
    client: InspectingClient, kind: EventKind
) -> None:
    """From an installation in which nothing stands."""
    sign_in_staff(client, StaffRole.ORGANISER)
    form = {
        **client.page("/desk/events/new").form(),
        "kind": kind,
        "title_da": "Fest",
        "slug": "fest",
        "place": "Torvet",
        "starts": "2027-09-04T10:00",
        "ends": "2027-09-04T16:00",
        "opens": "2027-01-04T10:00",
        "deadline": "2027-08-01T10:00",
        "shutdown": "2027-08-20T10:00",
    }
    desk = str(client.send("/desk/events/new", form).location)
    typed = {**client.page(f"{desk}/edit").form(), "title_da": "Festen", "price": "50"}
    client.send(f"{desk}/edit", typed)
    assert "50 kr." in client.page(f"{desk}/preview").text
    client.send(f"{desk}/publish", {})
    copy = {**client.page(f"{desk}/copy").form(), "starts": "2028-09-02T10:00"}
    words = str(client.send(f"{desk}/copy", copy).location)
    assert client.page(words).form()["shutdown"] == "2028-08-18 10:00:00"
    moved = {"starts": "2027-09-05T11:00", "ends": "2027-09-05T17:00", "place": "Parken"}
    assert f"{desk}/move" in client.page(desk).links()
    client.send(f"{desk}/move", {**moved, "sure": "y"})
    assert "Parken" in client.page("/events/fest").text
    client.send(f"{desk}/call-off", {"because": ""}, status=422)
    client.send(f"{desk}/call-off", {"because": "Storm"})
    assert "Storm" in client.page("/events/fest").text
    client.send(f"{desk}/take-back", client.page(desk).form(f"{desk}/take-back"))
    page = client.page(desk).text
    assert "Flyttet" in page
    assert "Bo Hansen" in page
    assert "Storm" not in client.page("/events/fest").text
