"""The team's pages about workshops."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta

import pytest
from flask import Flask

from app.core import clock
from app.core.access import StaffRole
from app.core.clock import local_time
from app.core.unit_of_work import unit_of_work
from app.events import queries as event_queries
from app.events.rules import EventKind
from app.events.services import scheduling as events
from app.tickets.rules.codes import shown_short
from app.workshops.queries import lists
from app.workshops.services import enrolling, many
from app.workshops.services.drafting import Wish
from tests.factories import sign_in_staff
from tests.pages import InspectingClient, Page, text_of
from tests.statements import Statements
from tests.workshops.making import (
    SLUG,
    enrolled,
    enrolment,
    letters,
    stored_workshop,
    wish,
    workshop,
)

DESK = f"/desk/workshops/{SLUG}"


@pytest.fixture
def desk(app: Flask, client: InspectingClient) -> InspectingClient:
    """An organiser's browser."""
    return sign_in_staff(client, StaffRole.ORGANISER)


def test_the_list_of_workshops_shows_places_and_the_line(desk: InspectingClient) -> None:
    workshop(capacity=1)
    enrolled(1), enrolled(2)
    row = text_of(desk.page("/desk/workshops/").all("tbody")[0])
    assert "Forældredialog" in row or "Parent dialogue" in row
    assert "1" in row


def test_an_event_without_places_is_given_some(desk: InspectingClient) -> None:
    now = clock.now()
    with unit_of_work():
        plan = events.Plan(
            "ny", EventKind.WORKSHOP, {"da": "Ny"}, now + timedelta(1), now + timedelta(2)
        )
        event_id = events.create(plan).id
    assert "/desk/workshops/ny/places" in desk.page("/desk/workshops/").links()
    desk.page("/desk/workshops/ny/places")
    desk.send("/desk/workshops/ny/places", {"capacity": "12"})
    assert stored_workshop(event_id).capacity == 12


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", ["Amina 1", "Amina 2", "Amina 3"]),
        ("state=waitlisted", ["Amina 3"]),
        ("search=amina 2", ["Amina 2"]),
        ("search=ingen", []),
        ("search=3 mina", ["Amina 3"]),
        ("search=åmina", ["Amina 1", "Amina 2", "Amina 3"]),
        ("search=amina3@post", ["Amina 3"]),
        ("search=amina&state=waitlisted&sort=state", ["Amina 3"]),
        ("sort=joined", ["Amina 1", "Amina 2", "Amina 3"]),
        ("page=2", ["Amina 1", "Amina 2", "Amina 3"]),
        ("came=yes", []),
        ("came=no&sort=-joined", ["Amina 3", "Amina 2", "Amina 1"]),
        ("state=x&sort=y&page=z", ["Amina 1", "Amina 2", "Amina 3"]),
        ("search=%00%25", []),
    ],
)
def test_the_list_is_filtered_by_its_address(
    desk: InspectingClient, query: str, names: list[str]
) -> None:
    workshop(capacity=2)
    for number in (1, 2, 3):
        enrolled(number)
    page = desk.page(f"{DESK}?{query}")
    shown = [text_of(one) for one in page.root.iter("th") if one.get("scope") == "row"]
    assert shown == names


def test_a_short_code_finds_its_enrolment(desk: InspectingClient) -> None:
    workshop()
    code = enrolled(1).place.ticket.short_code
    enrolled(2)
    page = desk.page(f"{DESK}?search={shown_short(code)}")
    assert "Amina 1" in page.text
    assert "Amina 2" not in page.text


def test_names_stand_in_danish_order(desk: InspectingClient) -> None:
    workshop()
    with unit_of_work():
        for name in ("Åse", "Zoe", "Ærø", "Øjvind", "Anna"):
            enrolling.enrol(SLUG, Wish(name, f"{name}@post.example"))
    page = desk.page(DESK)
    shown = [text_of(one) for one in page.root.iter("th") if one.get("scope") == "row"]
    assert shown == ["Anna", "Zoe", "Ærø", "Øjvind", "Åse"]


def test_a_search_with_many_hits_shows_one_page_and_their_number(
    desk: InspectingClient,
) -> None:
    workshop(capacity=100)
    with unit_of_work():
        many.enrol_many(SLUG, [wish(number) for number in range(60)])
    page = desk.page(f"{DESK}?search=amina")
    assert len(page.all("tbody")[0].findall("tr")) == 50
    assert "60" in page.one("caption").text


def test_the_waiting_list_says_why_each_still_waits(desk: InspectingClient) -> None:
    workshop(capacity=3)
    enrolled(1, seats=2)
    enrolled("group", seats=3)
    page = desk.page(f"{DESK}/waiting")
    row = text_of(page.all("tbody")[0])
    assert "Amina group" in row
    assert "3" in row
    assert "1" in row


def test_too_low_a_capacity_says_how_many_must_leave(desk: InspectingClient) -> None:
    event_id = workshop(capacity=5)
    enrolled(1, seats=4)
    answer = desk.send(f"{DESK}/capacity", {"capacity": "1"}, status=409)
    assert "3" in answer.text
    assert stored_workshop(event_id).capacity == 5
    desk.send(f"{DESK}/capacity", {"capacity": "mange"}, status=422)
    desk.send(f"{DESK}/capacity", {"capacity": "4"})
    assert stored_workshop(event_id).capacity == 4


def test_goals_from_paper_are_typed_in(desk: InspectingClient) -> None:
    workshop()
    number = enrolled(1).place.enrolment.id
    address = f"{DESK}/enrolments/{number}"
    desk.page(f"{address}/goals")
    desk.send(f"{address}/goals", {"first": "Lytte", "show_again": "no"})
    assert "Lytte" in desk.page(address).text
    desk.send(f"{address}/goals", {"first": "", "show_again": "no"}, status=422)


def test_staff_change_reissue_resend_and_cancel(desk: InspectingClient) -> None:
    workshop()
    number = enrolled(1).place.enrolment.id
    address = f"{DESK}/enrolments/{number}"
    desk.page(f"{address}/change")
    desk.send(f"{address}/change", {"name": "Bo Holm", "seats": "2"}, 422)
    desk.send(f"{address}/change", {"name": ["Bo Holm", "Bo Holm"], "seats": "2"})
    for verb in ("reissue", "resend"):
        desk.send(f"{address}/{verb}", {})
    desk.send(f"{address}/cancel", {"why": "Kommer alligevel ikke"})
    assert "Bo Holm" in desk.page(address).text
    assert enrolment(number).state == "cancelled"
    assert [one.kind.split("/")[1] for one in letters()] == [
        "ticket",
        "reissued",
        "again",
        "cancelled_by_team",
    ]
    assert "Kommer alligevel ikke" in letters("cancelled_by_team")[0].text


def test_an_enrolment_of_another_workshop_is_not_found_here(desk: InspectingClient) -> None:
    workshop()
    workshop("andet")
    number = enrolled(1, slug="andet").place.enrolment.id
    desk.page(f"{DESK}/enrolments/{number}", status=404)
    desk.send(f"{DESK}/enrolments/{number}/cancel", {}, status=404)
    assert enrolment(number).state == "confirmed"


def test_an_event_is_moved_and_called_off_with_letters(desk: InspectingClient) -> None:
    event_id = workshop()
    enrolled(1)
    start = local_time(clock.now() + timedelta(days=20)).replace(tzinfo=None, microsecond=0)
    form = desk.page(f"/desk/events/{SLUG}/move").form(None)
    assert form is not None
    desk.send(
        f"/desk/events/{SLUG}/move",
        {
            "starts": start.strftime("%Y-%m-%dT%H:%M"),
            "ends": (start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"),
            "place": "Salen",
            "address": "",
            "sure": "y",
        },
    )
    desk.send(
        f"/desk/events/{SLUG}/move", {"starts": "i morgen", "ends": "", "place": ""}, status=422
    )
    desk.send(f"/desk/events/{SLUG}/call-off", {"because": "Storm"})
    assert [one.kind.split("/")[1] for one in letters()] == ["ticket", "moved", "called_off"]
    assert lists.places_to_tell(event_id)


def test_a_move_into_the_past_is_asked_about_with_what_was_typed(desk: InspectingClient) -> None:
    event_id = workshop()
    enrolled(1)
    start = local_time(clock.now() - timedelta(hours=2)).replace(tzinfo=None, microsecond=0)
    typed = {
        "starts": start.strftime("%Y-%m-%dT%H:%M"),
        "ends": (start + timedelta(hours=5)).strftime("%Y-%m-%dT%H:%M"),
        "place": "Salen",
        "sure": "y",
    }
    asked = Page(desk.send(f"/desk/events/{SLUG}/move", typed, status=409).text)
    assert set(asked.errors()) == {"past"}
    assert "Salen" in [one.get("value") for one in asked.all("input")]
    assert [one.kind for one in letters()] == ["workshops/ticket"]
    assert event_queries.event(event_id).state == "published"
    desk.send(f"/desk/events/{SLUG}/move", {**typed, "past": "y"})
    asked = Page(desk.send(f"/desk/events/{SLUG}/call-off", {"because": "Storm"}, status=409).text)
    assert set(asked.errors()) == {"begun"}
    desk.send(f"/desk/events/{SLUG}/call-off", {"because": "Storm", "begun": "y"})
    assert [one.kind.split("/")[1] for one in letters()] == ["ticket", "moved", "called_off"]


def test_the_door_list_is_a_paper(desk: InspectingClient) -> None:
    workshop()
    enrolled(1)
    assert desk.get(f"{DESK}/door-list.pdf").data.startswith(b"%PDF")


@pytest.mark.parametrize("role", [StaffRole.REVIEWER, StaffRole.ANALYST, StaffRole.PARTNER])
def test_other_duties_do_not_see_who_is_enrolled(
    app: Flask, client: InspectingClient, role: StaffRole
) -> None:
    workshop()
    number = enrolled(1).place.enrolment.id
    browser = sign_in_staff(client, role)
    for path in ("", "/waiting", "/door-list.pdf", f"/enrolments/{number}"):
        browser.page(DESK + path, status=403)


def test_a_list_costs_the_same_for_many(
    desk: InspectingClient, statements: Callable[[], AbstractContextManager[Statements]]
) -> None:
    workshop(capacity=100)
    counts = []
    for start, end in ((0, 1), (1, 40)):
        for number in range(start, end):
            enrolled(number)
        with statements() as seen:
            desk.page(DESK)
        counts.append(len(seen))
    assert counts[0] == counts[1], counts
